CREATE TABLE products (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  price DECIMAL(8, 2) NOT NULL
) DEFAULT CHARSET = utf8mb4;

INSERT INTO products (name, price) VALUES ('Kettle', 39.90), ('Tea, green 🍵', 7.50), ('Cup', 4.20);
