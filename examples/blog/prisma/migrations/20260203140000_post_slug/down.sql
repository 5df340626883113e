SET lock_timeout = '2s';
ALTER TABLE "Post" DROP COLUMN "slug";
