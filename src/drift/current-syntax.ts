import type { ModelFile } from "../verify/model-comparer.ts";

/** Preview features that change what a schema is; the others are about the client. */
const FEATURES = ["views", "postgresqlExtensions", "partialIndexes"] as const;

/** Where the database is: in schema files no longer, since Prisma 7. */
const CONNECTION = /^[ \t]*(?:url|directUrl|shadowDatabaseUrl)[ \t]*=.*$/gm;
const BLOCK = /^([ \t]*)(datasource|generator)([ \t]+\w+[ \t]*\{)([^]*?)(^[ \t]*\})/gm;

/**
 * Models of any release of Prisma's as the newest engine reads them: without what only the client
 * needs, and with their lines where they were. Of the features those stay that say what a schema is.
 */
export function inCurrentSyntax(files: readonly ModelFile[]): ModelFile[] {
  const all = files.map(({ text }) => text).join("\n");
  const features = FEATURES.filter((name) =>
    [...all.matchAll(BLOCK)].some(
      ([, , kind, , body = ""]) => kind === "generator" && body.includes(`"${name}"`),
    ),
  );
  const [first, ...others] = files.map(({ path, text }) => ({ path, text: withoutClient(text) }));
  if (first === undefined || features.length === 0)
    return first === undefined ? [] : [first, ...others];
  const list = features.map((name) => `"${name}"`).join(", ");
  const generator = `\ngenerator migrate_verify {\n  provider = "prisma-client-js"\n  previewFeatures = [${list}]\n}\n`;
  return [{ ...first, text: first.text + generator }, ...others];
}

function withoutClient(text: string): string {
  return text.replaceAll(
    BLOCK,
    (block, space: string, kind: string, head: string, body: string, end: string) =>
      kind === "generator"
        ? block.replaceAll(/[^\n]/g, "")
        : `${space}${kind}${head}${body.replaceAll(CONNECTION, "")}${end}`,
  );
}
