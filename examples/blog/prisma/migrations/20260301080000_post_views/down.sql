DROP INDEX "Post_slug_key";
ALTER TABLE "Post" DROP COLUMN "views";
