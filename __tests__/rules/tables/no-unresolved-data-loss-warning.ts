import { testRule } from "../rule-table.ts";

const header = (...warnings: string[]): string =>
  `/*\n  Warnings:\n\n${warnings.map((warning) => `  - ${warning}\n`).join("")}\n*/\n-- AlterTable\n`;
const UNIQUE =
  "A unique constraint covering the columns `[email]` on the table `User` will be added. If there are existing duplicate values, this will fail.";
const DROP =
  "You are about to drop the column `a` on the `User` table. All the data in the column will be lost.";
const REQUIRED =
  "Added the required column `b` to the `User` table without a default value. This is not possible if the table is not empty.";
const MADE =
  "Made the column `b` on table `User` required, but there are existing NULL values. This step will fail if there are existing NULL values in that column.";
const REMOVED =
  "The values [OLD] on the enum `Role` will be removed. If these variants are still used in the database, this will fail.";
const ANEW =
  "Changed the type of `a` on the `User` table. No cast exists, the column would be dropped and recreated, which cannot be done if there is data, since the column is required.";
const CAST =
  "You are about to alter the column `a` on the `User` table. The data in that column could be lost. The data in that column will be cast from `Text` to `VarChar(5)`.";

testRule("no-unresolved-data-loss-warning", {
  fires: [
    {
      title: "duplicates",
      migration: `${header(DROP, UNIQUE)}SELECT 1;`,
      line: 5,
      severity: "info",
      says: "Prisma's generator warned of it",
    },
    { title: "a cast", migration: `${header(CAST)}SELECT 1;` },
    { title: "each line", migration: `${header(CAST, UNIQUE)}SELECT 1;`, times: 2 },
    { title: "with CRLF", migration: `${header(UNIQUE)}SELECT 1;`.replaceAll("\n", "\r\n") },
  ],
  silent: [
    { title: "no warning", migration: "-- AlterTable\nSELECT 1;" },
    {
      title: "what other rules tell",
      migration: `${header(DROP, REQUIRED, MADE, REMOVED, ANEW)}SELECT 1;`,
    },
    {
      title: "a comment that is not the generator's",
      migration: "/* Note:\n  - check the warnings\n*/ SELECT 1;",
    },
    { title: "in the middle of the file", migration: `SELECT 1;\n${header(UNIQUE)}` },
  ],
});
