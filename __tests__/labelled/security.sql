-- case: a grant to everybody
-- must: grant-widening
GRANT ALL ON orders TO PUBLIC;

-- case: a grant to one role
GRANT SELECT ON orders TO CURRENT_USER;

-- case: SECURITY DEFINER without a search_path
-- must: security-definer-search-path
-- may: security-definer-executable-by-public
CREATE FUNCTION admin() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';

-- case: SECURITY DEFINER with one
-- may: security-definer-executable-by-public
CREATE FUNCTION admin() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';

-- case: a password
-- must: secret-in-migration
CREATE ROLE reader LOGIN PASSWORD 'Tr0ub4dor&3';

-- case: a superuser
-- must: superuser-or-cluster-setting
CREATE ROLE boss SUPERUSER;

-- case: a program
-- must: untrusted-code-execution
-- fails: unrun
COPY plain FROM PROGRAM 'cat /etc/passwd';

-- case: row security without a policy
-- must: rls-enabled-without-policy
-- may: rls-toggle
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: row security with a policy
-- may: rls-toggle
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (note = CURRENT_USER);

-- case: a policy without row security
-- must: policy-without-rls
-- may: policy-change
CREATE POLICY own ON orders USING (note = CURRENT_USER);

-- case: a policy that lets everybody write
-- must: rls-policy-always-true
-- may: policy-change
CREATE POLICY all_rows ON documents FOR UPDATE USING (true);

-- case: triggers off
-- must: enable-disable-trigger
ALTER TABLE users DISABLE TRIGGER ALL;

-- case: triggers off and on again
ALTER TABLE users DISABLE TRIGGER touch;
UPDATE users SET age = 1 WHERE id = 1;
ALTER TABLE users ENABLE TRIGGER touch;
