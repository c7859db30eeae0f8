import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { botPart, workerPart } from '../src/config/parts.ts';
import { type ConfigFile, readConfig } from '../src/config/read.ts';
import type { DestinationOptions } from '../src/destinations/options.ts';
import { readComposeFile, type Service } from './support/compose-file.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const compose = readComposeFile();
const imageFile = readFileSync('Dockerfile', 'utf8');
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);

const partOf: Record<string, (config: ConfigFile) => ReturnType<typeof botPart | typeof workerPart>> = {
  bot: botPart,
  worker: (config) => workerPart(config, 'default'),
};

describe.each(Object.entries(partOf))('the container of the %s', (name, part) => {
  const service = serviceOf(name);

  it('can fill in its part of the configuration', () => {
    const { queue, secrets } = part(configFor(service));

    expect(queue.url).toBe('redis://redis:6379');
    expect(secrets).toEqual(service.secrets.map((secret) => `the ${secret}`));
  });

  it.each(Object.keys(service.environment))('is given %s because it needs it', (variable) => {
    const { [variable]: _, ...environment } = service.environment;

    expect(() => part(configFor({ ...service, environment }))).toThrow(variable);
  });

  it.each(service.secrets.map((secret) => [secret]))(
    'is given the secret %s because it needs it',
    (secret) => {
      const secrets = service.secrets.filter((other) => other !== secret);

      expect(() => part(configFor({ ...service, secrets }))).toThrow(secret);
    },
  );

  it('cannot fill in the part of the other, unless it needs no more', () => {
    const isBot = name === 'bot';

    const readOther = () => (isBot ? partOf.worker : partOf.bot)?.(configFor(service));

    if (isBot) expect(readOther).toThrow('shop_db_password');
    else expect(readOther()?.secrets).toEqual([]);
  });
});

describe.each(ours)('the container of the %s', (name, service) => {
  it('runs a command that there is, with options that there are', () => {
    const cli = readFileSync('src/cli.ts', 'utf8');
    const [command, ...words] = service.command;

    expect(command).toBe(name);
    expect(cli).toContain(`command('${command}'`);
    for (const option of words.filter((word) => word.startsWith('--'))) expect(cli).toContain(`'${option} <`);
  });

  it('is asked for its health by the file that it writes', () => {
    const file = service.command[service.command.indexOf('--alive-file') + 1];

    expect(service.healthcheck.test.at(-1)).toContain(`find ${file} `);
    expect(service.tmpfs).toContain('/tmp');
  });

  it('reads the configuration where the image looks for it, and may not change it', () => {
    expect(imageFile).toContain('WORKDIR /app\n');
    expect(service.volumes).toContain('./docker/holdfast.yml:/app/holdfast.yml:ro');
  });

  it('waits for Redis', () => {
    expect(service.depends_on).toEqual({ redis: { condition: 'service_healthy' } });
  });
});

describe.each(services)('the container %s', (_name, service) => {
  it('can change nothing but its volumes, and gain no rights', () => {
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
  });

  it('names only volumes, networks and secrets that there are', () => {
    const named = service.volumes.map(
      (volume) => volume.replace(/^\$\{.*:-(.*?)\}/, '$1').split(':')[0] ?? '',
    );

    for (const volume of named)
      expect(volume.startsWith('./') ? existsSync(volume) : volume in compose.volumes, volume).toBe(true);
    for (const network of service.networks) expect(compose.networks).toHaveProperty(network);
    for (const secret of service.secrets) expect(compose.secrets).toHaveProperty(secret);
  });
});

describe('the containers', () => {
  it('are a bot, a worker and Redis, and for a demo MariaDB and an S3 server', () => {
    const inProfile = (profile: string) =>
      services.filter(([, { profiles }]) => profiles.includes(profile)).map(([name]) => name);

    expect(inProfile('always')).toEqual(['redis', 'bot', 'worker']);
    expect(inProfile('demo')).toEqual(['mariadb', 's3']);
  });

  it('run as nobody in particular, whatever their image says', () => {
    for (const name of ['redis', 'bot', 'worker', 'mariadb'])
      expect(serviceOf(name).user, name).toMatch(/^(?!root|0)/);
  });

  it('share a Redis that forgets no job, which nobody else reaches', () => {
    const { command, volumes } = serviceOf('redis');
    const onItsNetwork = services
      .filter(([, { networks }]) => networks.includes('queue'))
      .map(([name]) => name);

    expect(command.join(' ')).toContain('--maxmemory-policy noeviction --appendonly yes');
    expect(volumes).toEqual(['redis:/data']);
    expect(compose.networks.queue).toEqual({ internal: true });
    expect(onItsNetwork).toEqual(['redis', 'bot', 'worker']);
  });

  it('let only the worker see what is backed up and the backups, and back up what it cannot change', () => {
    const { apps, destinations } = workerPart(configFor(serviceOf('worker')), 'default');
    const { volumes } = serviceOf('worker');

    for (const folder of apps.shop?.files?.include ?? [])
      expect(volumes.some((volume) => volume.endsWith(`:${folder}:ro`))).toBe(true);
    expect(volumes).toContain(`backups:${folderOf(destinations.disk)}`);
    expect(serviceOf('bot').volumes).toHaveLength(1);
  });
});

describe('the image', () => {
  it('runs the program on a Node that it is made for and that is supported for long', () => {
    const majors = [...imageFile.matchAll(/^FROM node:(\d+)-/gm)].map(([, major]) => Number(major));
    const { engines, bin } = packageFile();

    expect(new Set(majors).size).toBe(1);
    expect(Number(majors[0])).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)?.[0]));
    expect(Number(majors[0]) % 2, 'Only even majors become long-term releases.').toBe(0);
    expect(imageFile).toContain(`ENTRYPOINT ["node", "--optimize-for-size", "${bin.holdfast}"]`);
  });

  it('runs as an ordinary user, who owns the folder of the backups', () => {
    const { destinations } = workerPart(configFor(serviceOf('worker')), 'default');

    expect(imageFile.match(/^USER (.*)$/gm)).toEqual(['USER node']);
    expect(imageFile).toContain(
      `install --directory --owner=node --group=node --mode=0700 ${folderOf(destinations.disk)}`,
    );
  });

  it('is made of what it names, and of no secret', () => {
    const [everything, ...named] = linesOf('.dockerignore');
    const copied = [...imageFile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(
      ([, names]) => names?.split(' ') ?? [],
    );

    expect(everything).toBe('*');
    expect(new Set(copied)).toEqual(new Set(named.map((name) => name.slice(1))));
    for (const name of copied) expect(existsSync(name), name).toBe(true);
    expect(linesOf('.gitignore')).toContain('docker/secrets/');
  });
});

function serviceOf(name: string): Service {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`There is no container ${name}.`);
  return service;
}

/** The configuration as a container sees it: with its environment and its secrets, and those of nobody else. */
function configFor({ environment, secrets }: Pick<Service, 'environment' | 'secrets'>): ConfigFile {
  const folder = temporaryFolder();
  const text = readFileSync('docker/holdfast.yml', 'utf8').replaceAll('/run/secrets/', `${folder}/secrets/`);
  writeFileSync(join(folder, 'holdfast.yml'), text);
  mkdirSync(join(folder, 'secrets'));
  for (const secret of secrets) writeFileSync(join(folder, 'secrets', secret), `the ${secret}\n`);
  return readConfig(join(folder, 'holdfast.yml'), environment);
}

function packageFile(): { engines: { node: string }; bin: { holdfast: string } } {
  return JSON.parse(readFileSync('package.json', 'utf8'));
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function folderOf(destination: DestinationOptions | undefined): string | undefined {
  return destination?.driver === 'local' ? destination.path : undefined;
}
