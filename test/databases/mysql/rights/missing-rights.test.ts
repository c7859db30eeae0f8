import { describe, expect, it } from 'vitest';
import { MysqlOptions } from '../../../../src/databases/mysql/options.ts';
import { missingRights } from '../../../../src/databases/mysql/rights/missing-rights.ts';
import { readGrant } from '../../../../src/databases/mysql/rights/read-grant.ts';

const enough = 'GRANT SELECT, TRIGGER, EVENT ON `shop`.* TO `b`@`%`';
const bodies = 'GRANT SELECT ON `mysql`.`proc` TO `b`@`%`';

describe('the rights of a user', () => {
  it.each([
    ['MariaDB 10.11, as little as a dump takes', '10.11.6-MariaDB', [enough, bodies]],
    [
      'MariaDB, all on the database, and no routines of others',
      '10.11.6-MariaDB',
      ['GRANT ALL PRIVILEGES ON `shop`.* TO `b`@`%`'],
    ],
    ['MariaDB 11.4', '11.4.2-MariaDB', [enough, 'GRANT SHOW CREATE ROUTINE ON `shop`.* TO `b`@`%`']],
    [
      'MariaDB, by a role that is in force, one that it has, and PUBLIC',
      '10.11.6-MariaDB',
      [
        'GRANT `backup` TO `b`@`%`',
        "GRANT USAGE ON *.* TO `b`@`%` IDENTIFIED BY PASSWORD '*7B9EBEED26AA52ED10C0F549FA863F13C39E0209'",
        'GRANT `reader` TO `backup`',
        'GRANT TRIGGER, EVENT ON `shop`.* TO `backup`',
        'GRANT SELECT ON `shop`.* TO `reader`',
        'GRANT SELECT ON `mysql`.`proc` TO PUBLIC',
        'SET DEFAULT ROLE `backup` FOR `b`@`%`',
      ],
    ],
    [
      'MySQL 5.7',
      '5.7.44-log',
      [
        "GRANT USAGE ON *.* TO 'b'@'%'",
        "GRANT SELECT, LOCK TABLES, SHOW VIEW, EVENT, TRIGGER ON `shop`.* TO 'b'@'%'",
        "GRANT SELECT ON `mysql`.`proc` TO 'b'@'%'",
      ],
    ],
    [
      'MySQL 8.0 as root',
      '8.0.36',
      [
        'GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, SHUTDOWN, PROCESS, FILE, REFERENCES, INDEX, ALTER, SHOW DATABASES, SUPER, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER, CREATE TABLESPACE, CREATE ROLE, DROP ROLE ON *.* TO `root`@`localhost` WITH GRANT OPTION',
        'GRANT APPLICATION_PASSWORD_ADMIN,AUDIT_ADMIN,BACKUP_ADMIN,SHOW_ROUTINE,SYSTEM_USER,XA_RECOVER_ADMIN ON *.* TO `root`@`localhost` WITH GRANT OPTION',
        'GRANT PROXY ON ``@`` TO `root`@`localhost` WITH GRANT OPTION',
      ],
    ],
    [
      'MySQL 8.4 with a role that is in force',
      '8.4.0',
      [
        'GRANT USAGE ON *.* TO `b`@`%`',
        'GRANT SHOW_ROUTINE ON *.* TO `b`@`%`',
        'GRANT SELECT, EVENT, TRIGGER ON `shop`.* TO `b`@`%`',
        'GRANT `backup`@`%` TO `b`@`%`',
      ],
    ],
    [
      'MySQL 8.0.19, which has no right for routines alone',
      '8.0.19',
      ['GRANT SELECT, EVENT, TRIGGER ON *.* TO `b`@`%`'],
    ],
    [
      'a pattern for several databases',
      '10.11.6-MariaDB',
      ['GRANT SELECT, TRIGGER, EVENT ON `sh%`.* TO `b`@`%`', bodies],
    ],
    [
      'a pattern with one letter open',
      '10.11.6-MariaDB',
      ['GRANT SELECT, TRIGGER, EVENT ON `_hop`.* TO `b`@`%`', bodies],
    ],
    [
      'names in quotes, as under ANSI_QUOTES',
      '10.11.6-MariaDB',
      ['GRANT SELECT, TRIGGER, EVENT ON "shop".* TO "b"@"%"', 'GRANT SELECT ON "mysql"."proc" TO "b"@"%"'],
    ],
  ])('are enough: %s', (_, server, grants) => {
    expect(missing({ server, grants })).toBeUndefined();
  });

  it.each([
    ['no TRIGGER', [without('TRIGGER'), bodies], 'triggers', 'GRANT TRIGGER ON `shop`.*'],
    ['no EVENT', [without('EVENT'), bodies], 'events', 'GRANT EVENT ON `shop`.*'],
    ['no bodies of routines', [enough], 'routines', 'GRANT SELECT ON `mysql`.`proc`'],
    [
      'single tables',
      [without('SELECT'), 'GRANT SELECT ON `shop`.`goods` TO `b`@`%`', bodies],
      'tables',
      'GRANT SELECT ON `shop`.*',
    ],
    [
      'single columns',
      [
        without('SELECT'),
        'GRANT SELECT (`id`, `a ON b`), UPDATE (`id`) ON `shop`.`goods` TO `b`@`%`',
        bodies,
      ],
      'tables',
      'GRANT SELECT ON `shop`.*',
    ],
    [
      'another database',
      [enough.replace('shop', 'shop2'), bodies],
      'tables, triggers and events',
      'GRANT SELECT, TRIGGER, EVENT ON `shop`.*',
    ],
    [
      'a pattern that does not fit',
      [enough.replace('shop', 'sho\\_'), bodies],
      'tables, triggers and events',
      'GRANT SELECT, TRIGGER, EVENT ON `shop`.*',
    ],
    [
      'a pattern that the server passes over for a narrower one',
      ['GRANT SELECT ON `sh%`.* TO `b`@`%`', 'GRANT TRIGGER, EVENT ON `shop`.* TO `b`@`%`', bodies],
      'tables',
      'GRANT SELECT ON `shop`.*',
    ],
    [
      'a role that is not in force',
      ['GRANT `backup` TO `b`@`%`', without('TRIGGER'), bodies],
      'triggers',
      'GRANT TRIGGER ON `shop`.*',
    ],
    [
      'nothing',
      ['GRANT USAGE ON *.* TO `b`@`%`'],
      'tables, triggers, events and routines',
      'GRANT SELECT, TRIGGER, EVENT ON `shop`.*',
    ],
  ])('are too few: %s, and the sentence says what to grant', (_, grants, hidden, statement) => {
    const sentence = missing({ grants });

    expect(sentence).toContain(`A dump of mysql shop on 127.0.0.1 would lack ${hidden}: `);
    expect(sentence).toContain(`Say on the server: ${statement} TO 'b'@'10.0.0.%';`);
  });

  it.each([
    ['10.11.6-MariaDB', 'GRANT SELECT ON `mysql`.`proc` TO'],
    ['11.2.9-MariaDB', 'GRANT SELECT ON `mysql`.`proc` TO'],
    ['11.3.0-MariaDB', 'GRANT SHOW CREATE ROUTINE ON `shop`.* TO'],
    ['12.0.1-MariaDB', 'GRANT SHOW CREATE ROUTINE ON `shop`.* TO'],
    ['5.7.44', 'GRANT SELECT ON `mysql`.`proc` TO'],
    ['8.0.19', 'GRANT SELECT ON *.* TO'],
    ['8.0.20', 'GRANT SHOW_ROUTINE ON *.* TO'],
    ['8.4.0', 'GRANT SHOW_ROUTINE ON *.* TO'],
    ['9.1.0', 'GRANT SHOW_ROUTINE ON *.* TO'],
  ])('to read routines are named as %s names them', (server, statement) => {
    expect(missing({ server, grants: [enough] })).toContain(`Say on the server: ${statement} 'b'@`);
  });

  it('are judged by the bodies a user may read, where it sees all names of routines', () => {
    const grants = ['GRANT ALL PRIVILEGES ON `shop`.* TO `b`@`%`'];

    expect(missing({ grants, routines: [{ name: 'mine', isReadable: true }] })).toBeUndefined();
    expect(missing({ grants, routines: [{ name: 'hers', isReadable: false }] })).toContain(
      'would lack routines',
    );
  });

  it('are less where MySQL has taken one back for a database', () => {
    const grants = [
      'GRANT SELECT, TRIGGER, EVENT ON *.* TO `b`@`%`',
      'REVOKE TRIGGER ON `shop`.* FROM `b`@`%`',
    ];

    expect(missing({ server: '8.0.36', grants })).toContain('would lack triggers');
    expect(
      missing({ server: '8.0.36', grants: [...grants, 'GRANT TRIGGER ON `shop`.* TO `b`@`%`'] }),
    ).toBeUndefined();
  });

  it('hold wildcards for letters where MySQL takes rights back', () => {
    const grants = [
      'GRANT SELECT, TRIGGER, EVENT ON `sh%`.* TO `b`@`%`',
      'GRANT SHOW_ROUTINE ON *.* TO `b`@`%`',
    ];

    expect(missing({ server: '8.0.36', grants, isLiteral: true })).toContain('would lack tables');
  });

  it('take SHOW VIEW where there is a view, and LOCK TABLES where tables are locked', () => {
    const grants = [enough, bodies];

    expect(missing({ grants, type: 'VIEW' })).toContain('GRANT SHOW VIEW ON `shop`.*');
    expect(missing({ grants, extraArguments: ['--lock-tables'] })).toContain('GRANT LOCK TABLES ON `shop`.*');
  });

  it('take nothing for what is left out on request', () => {
    const extraArguments = ['--skip-triggers', '--skip-routines', '--skip-events'];

    expect(missing({ grants: ['GRANT SELECT ON `shop`.* TO `b`@`%`'], extraArguments })).toBeUndefined();
    expect(missing({ grants: [without('TRIGGER'), bodies] })).toContain('extraArguments: [--skip-triggers]');
  });

  it('are enough on each table to include', () => {
    const tables = [
      'GRANT SELECT, TRIGGER ON `shop`.`goods` TO `b`@`%`',
      'GRANT EVENT ON `shop`.* TO `b`@`%`',
      bodies,
    ];

    expect(missing({ grants: tables, includeTables: ['goods'] })).toBeUndefined();
    expect(missing({ grants: tables, includeTables: ['goods', 'orders'] })).toContain(
      'GRANT SELECT, TRIGGER ON `shop`.`orders` TO',
    );
  });

  it('are asked for in words that hold for this database alone', () => {
    const sentence = missing({ grants: [], database: 'my_shop%`' });

    expect(sentence).toContain('ON `my\\_shop\\%```.* TO');
  });

  it('are asked for by the pattern a user has: a narrower one beside it would take its place', () => {
    const grants = ["GRANT SELECT, EVENT ON `my_%`.* TO 'b'@'10.0.0.%'", bodies];

    expect(missing({ grants, database: 'my_shop' })).toContain('GRANT TRIGGER ON `my_%`.* TO');
  });

  it.each(['my-shop', 'shop.2', 'a`b', 'ü$[x]'])('are found for the odd name %s', (database) => {
    const grants = [enough.replace('shop', database.replace('`', '``').replace('_', '\\_')), bodies];

    expect(missing({ grants, database })).toBeUndefined();
  });

  it('are compared without capitals where the server does not tell them apart', () => {
    expect(missing({ grants: [enough, bodies], database: 'Shop' })).toContain('would lack tables');
    expect(missing({ grants: [enough, bodies], database: 'Shop', ignoresCase: true })).toBeUndefined();
  });
});

function without(privilege: string): string {
  return enough.replace(new RegExp(`${privilege}, |, ${privilege}`), '');
}

interface Given {
  readonly grants: readonly string[];
  readonly server?: string;
  readonly database?: string;
  readonly type?: string;
  readonly routines?: readonly { name: string; isReadable: boolean }[];
  readonly extraArguments?: readonly string[];
  readonly includeTables?: readonly string[];
  readonly ignoresCase?: boolean;
  readonly isLiteral?: boolean;
}

function missing({
  grants,
  server = '10.11.6-MariaDB',
  type = 'BASE TABLE',
  routines = [],
  ...given
}: Given) {
  const { ignoresCase = false, isLiteral = false, database = 'shop', ...options } = given;
  const table = { name: 'goods', type, engine: 'InnoDB', transactional: 'YES', sizeInBytes: 0 } as const;
  return missingRights(
    {
      options: MysqlOptions.parse({ driver: 'mysql', user: 'b', database, ...options }),
      survey: { server, family: /MariaDB/.test(server) ? 'mariadb' : 'mysql', tables: [table] },
      account: 'b@10.0.0.%',
      routines,
    },
    { grants: grants.flatMap((grant) => readGrant(grant) ?? []), ignoresCase, isLiteral },
  );
}
