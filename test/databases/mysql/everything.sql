-- What is left when plain.sql is taken from all a MariaDB can hold.
SET NAMES utf8mb4;
SET sql_mode = '';

CREATE TABLE places (
  id int PRIMARY KEY, spot point NOT NULL, way linestring, area polygon, spots multipoint, ways multilinestring,
  areas multipolygon, anything geometry, all_of_it geometrycollection, SPATIAL KEY (spot)
);
INSERT INTO places VALUES (1, ST_GeomFromText('POINT(4.3517 50.8503)', 4326), ST_GeomFromText('LINESTRING(0 0,1 1)'),
  ST_GeomFromText('POLYGON((0 0,10 0,10 10,0 0))'), ST_GeomFromText('MULTIPOINT(0 0,1 1)'), ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))'),
  ST_GeomFromText('MULTIPOLYGON(((0 0,1 0,1 1,0 0)))'), ST_GeomFromText('POINT(-0.1 1e300)'), ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))'));

CREATE TABLE reckoned (
  id int PRIMARY KEY, price decimal(10,2), kept decimal(12,2) AS (price * 1.21) STORED, made varchar(40) AS (concat('€ ', price)) VIRTUAL,
  hidden int INVISIBLE DEFAULT 7
);
INSERT INTO reckoned (id, price, hidden) VALUES (1, 9.99, 1), (2, NULL, 2);

CREATE TABLE `back``tick'd "name"` (`co``l` int PRIMARY KEY, address inet6, tag uuid);
INSERT INTO `back``tick'd "name"` VALUES (1, '2001:db8::1', '123e4567-e89b-12d3-a456-426655440000');

CREATE TABLE old_engine (id int PRIMARY KEY, text varchar(20), FULLTEXT (text)) ENGINE = MyISAM;
INSERT INTO old_engine VALUES (1, 'words'), (2, 'more words');

CREATE SEQUENCE tickets START WITH 100 INCREMENT BY 10;
SELECT NEXT VALUE FOR tickets;

CREATE TABLE kept_history (id int PRIMARY KEY, word varchar(20)) WITH SYSTEM VERSIONING;
INSERT INTO kept_history VALUES (1, 'first');

CREATE VIEW dear AS SELECT id FROM reckoned WHERE kept > 10;

DELIMITER ;;
CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2;;
CREATE PROCEDURE greet(IN who varchar(20))
BEGIN
  SELECT concat('Hello; ', who, ' 🦄');
  INSERT INTO `old_engine` VALUES
(99, 'not a row of the dump');
END;;
CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO DELETE FROM old_engine WHERE id > 1000;;
CREATE TRIGGER first_of_two BEFORE INSERT ON reckoned FOR EACH ROW SET NEW.price = NEW.price + 0;;
CREATE TRIGGER and_second BEFORE INSERT ON reckoned FOR EACH ROW FOLLOWS first_of_two SET NEW.price = NEW.price * 1;;
DELIMITER ;
