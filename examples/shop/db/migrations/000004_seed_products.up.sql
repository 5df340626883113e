INSERT INTO products (sku, title, price)
VALUES ('TEA-1', 'Green tea', 4.50),
       ('TEA-2', 'Černý čaj', 3.90),
       ('CUP-1', 'Cup', 7.00);
