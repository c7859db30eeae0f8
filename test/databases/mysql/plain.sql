-- A database of the kind most small applications have: all that the embedded dumper promises to carry.
SET NAMES utf8mb4;
SET sql_mode = '';
SET time_zone = '+00:00';

CREATE TABLE `every number` (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tiny tinyint, small smallint unsigned zerofill, medium mediumint, big bigint, bigger bigint unsigned,
  money decimal(65,30), short float, `long` double, bits bit(10), bit1 bit(1), `boolean` boolean
) COMMENT 'numbers; and a semicolon' AUTO_INCREMENT = 4711;
INSERT INTO `every number` VALUES
  (0, -128, 7, -8388608, -9223372036854775808, 18446744073709551615, -12345678901234567890123456789012345.123456789012345678901234567890, -1.25e-37, -2.2250738585072014e-308, b'1000000001', b'1', 1),
  (NULL, 127, 65535, 8388607, 9223372036854775807, 0, 0.000000000000000000000000000001, 3.4e38, 1.7976931348623157e308, b'0', b'0', 0),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (NULL, 1, 1, 1, 1, 1, 1, 0.1, 0.1, b'11', b'1', 5),
  (NULL, 1, 1, 1, 1, 1, 1, -16384.5, 123456.789012345, b'11', b'1', 5);
UPDATE `every number` SET id = 0 WHERE tiny = -128;

CREATE TABLE every_text (
  id varchar(40) PRIMARY KEY,
  `fixed text` char(20), latin varchar(50) CHARACTER SET latin1, exact varchar(50) COLLATE utf8mb4_bin,
  `select` text, tiny tinytext, medium mediumtext, `long` longtext, doc json,
  choice enum('plain','it''s "quoted"','comma, back\\slash',''), many set('a','b''b','ü')
) DEFAULT CHARSET = utf8mb4;
INSERT INTO every_text VALUES
  ('emoji', '🦄', 'café', 'Straße', '日本語 👩‍👩‍👧‍👦', '☃', 'наживка', 'שלום', '{"ключ": ["🗝", null, 1.5]}', 'it''s "quoted"', 'a,b''b,ü'),
  ('quotes', '''', '"', '\\', '\n\r\t\0', '`', '%_', '-- not a comment; /* nor this */', '"a\\"b"', 'comma, back\\slash', ''),
  ('empty', '', '', '', '', '', '', '', NULL, '', ''),
  ('null', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('wrap', 'NOFORMAT_WRAP("##x##")', 'INSERT INTO `x` VALUES', '-- Dump completed', '(1),(2)\n(3);', '\Z', '$&', '$1', '[]', 'plain', 'a');

CREATE TABLE every_binary (
  id int PRIMARY KEY, fixed binary(4), `varying` varbinary(300), tiny tinyblob, `blob` blob, medium mediumblob, `long` longblob
);
INSERT INTO every_binary VALUES
  (1, x'00FF', x'27225C00', x'80', x'0D0A1A', x'C328', x'F09F9984'), (2, '', '', '', '', '', ''), (3, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE every_time (
  id int PRIMARY KEY, day date, moment datetime(6), clock time(3), stamp timestamp(6) NULL,
  touched timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), era year
);
INSERT INTO every_time VALUES
  (1, '0000-00-00', '0000-00-00 00:00:00', '-838:59:59.000', '1970-01-01 00:00:01.000001', '2026-03-29 01:30:00', 1901),
  (2, '2026-02-00', '9999-12-31 23:59:59.999999', '12:34:56.789', '2026-10-25 00:30:00.123456', '2026-10-25 01:30:00', 2155),
  (3, NULL, NULL, NULL, NULL, '2026-11-22 03:15:00', 0000);

-- Alphabetically the child comes before its parent.
CREATE TABLE z_parent (id int PRIMARY KEY, name varchar(20) UNIQUE) ENGINE = InnoDB;
CREATE TABLE a_child (
  id int PRIMARY KEY, parent int, CONSTRAINT `its parent` FOREIGN KEY (parent) REFERENCES z_parent (id) ON DELETE CASCADE,
  CHECK (id > 0)
);
INSERT INTO z_parent VALUES (1, 'one'), (2, 'two');
INSERT INTO a_child VALUES (1, 1), (2, 2), (3, NULL);

CREATE TABLE nothing (id int PRIMARY KEY);
CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3;
INSERT INTO parted VALUES (1), (2), (3), (4);

-- And this view reads one that comes after it.
CREATE VIEW z_names AS SELECT p.name, count(c.id) AS children FROM z_parent p LEFT JOIN a_child c ON c.parent = p.id GROUP BY p.id;
CREATE VIEW a_names AS SELECT concat(name, ' 🦄') AS name FROM z_names;

DELIMITER ;;
CREATE TRIGGER `order` BEFORE INSERT ON a_child FOR EACH ROW
BEGIN
  -- a comment; with a semicolon
  IF NEW.parent = 99 THEN SET NEW.parent = NULL; END IF;
END;;
DELIMITER ;
SET sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES';
CREATE TRIGGER strict_names BEFORE UPDATE ON z_parent FOR EACH ROW SET NEW."name" = concat(NEW."name", '');
