import type { SchemaChange } from "../core/verification.ts";
import { fence, folded } from "./escape-markdown.ts";
import { entityDiagram } from "./entity-diagram.ts";
import type { MarkdownPage } from "./markdown-page.ts";
import { untrustedLine } from "./untrusted.ts";

/** What the up scripts change in the schema, as a difference and, where it is small, as a diagram. Empty when nothing was seen. */
export function foldedDifference(page: MarkdownPage): string {
  const most = page.detail.changes;
  const changed = page.migrations.flatMap((migration) => {
    const difference = migration.verification?.up.difference ?? [];
    return difference.length === 0 ? [] : [{ id: migration.id, difference }];
  });
  if (changed.length === 0 || most === 0) return "";
  const lines = changed.flatMap(({ id, difference }) => [
    `@@ ${untrustedLine(id, 100)} @@`,
    ...difference.flatMap((change) => diffLines(change)),
  ]);
  const left = lines.length - most;
  const shown = [...lines.slice(0, most), ...(left > 0 ? [`@@ and ${left} more lines @@`] : [])];
  const diagram = entityDiagram(changed.flatMap(({ difference }) => difference));
  return folded(
    "<b>Schema difference</b>",
    [
      fence(shown.join("\n"), "diff", 40_000),
      ...(diagram === undefined ? [] : [fence(diagram, "mermaid", 20_000)]),
    ].join("\n\n"),
  );
}

function diffLines({ change, object, name, before, after }: SchemaChange): string[] {
  const line = (sign: string, text: string | undefined): string => {
    const what = untrustedLine(`${object} ${name}`, 200);
    return `${sign} ${what}${text === undefined ? "" : `: ${untrustedLine(text, 300)}`}`;
  };
  switch (change) {
    case "added":
      return [line("+", after)];
    case "removed":
      return [line("-", before)];
    case "changed":
      return [line("-", before), line("+", after)];
  }
}
