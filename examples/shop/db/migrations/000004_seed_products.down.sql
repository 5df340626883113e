DELETE FROM products WHERE sku IN ('TEA-1', 'TEA-2', 'CUP-1');
