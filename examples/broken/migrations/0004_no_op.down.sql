SELECT 'nothing to do';
