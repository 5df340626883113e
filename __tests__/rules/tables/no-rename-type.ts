import { AUTOCOMMIT } from "../lint.ts";
import { testRule } from "../rule-table.ts";

const ROLE = `CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER', 'GUEST');
CREATE TABLE "User" (id text PRIMARY KEY, role "Role" NOT NULL DEFAULT 'USER');`;
const SWAP = `BEGIN;
CREATE TYPE "Role_new" AS ENUM ('ADMIN', 'USER');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
COMMIT;`;

testRule("no-rename-type", {
  fires: [
    {
      title: "an enum",
      before: [ROLE],
      migration: 'ALTER TYPE "Role" RENAME TO "UserRole";',
      severity: "warning",
      says: 'casts to `"Role"` by name fails at once. Keep the name in the database, and rename the type to `"UserRole"` in code',
    },
    {
      title: "a domain",
      before: ["CREATE DOMAIN email AS text;"],
      migration: "ALTER DOMAIN email RENAME TO address;",
    },
  ],
  silent: [
    {
      title: "a domain that another one replaces",
      before: ["CREATE DOMAIN email AS text;"],
      migration: "ALTER DOMAIN email RENAME TO old_email; CREATE DOMAIN email AS varchar(99);",
    },
    {
      title: "Prisma's swap, which brings its own transaction",
      before: [ROLE],
      migration: SWAP,
      execution: AUTOCOMMIT,
    },
    { title: "Prisma's swap in the runner's transaction", before: [ROLE], migration: SWAP },
    {
      title: "the old type gives way before the new one is made",
      before: [ROLE],
      migration: `ALTER TYPE "Role" RENAME TO "Role_old"; CREATE TYPE "Role" AS ENUM ('ADMIN');`,
    },
    { title: "a new type", migration: `${ROLE} ALTER TYPE "Role" RENAME TO "UserRole";` },
  ],
});
