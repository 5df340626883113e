import type { Drift } from "../core/drift.ts";

/** A drift with what of it was there before, given the one of the base branch. */
export function withOlder(drift: Drift, base: Drift): Drift {
  const known = new Set(statementsOf(base.sql).flatMap(({ actions }) => actions));
  const statements = statementsOf(drift.sql);
  if (statements.every(({ actions }) => actions.every((action) => known.has(action)))) {
    return { ...drift, older: drift.sql };
  }
  const older = statements.flatMap(({ comment, head, actions }) => {
    const rest = actions.filter((action) => known.has(action));
    return rest.length === 0 ? [] : [comment + written(head, rest)];
  });
  return older.length === 0 ? drift : { ...drift, older: older.join("\n\n") };
}

interface Statement {
  /** With the end of its line. */
  readonly comment: string;
  /** `ALTER TABLE "orders" `; empty for what does one thing. */
  readonly head: string;
  /** Each with the head before it. */
  readonly actions: readonly string[];
}

/** Prisma writes a comment and a statement, then an empty line; an ALTER TABLE does several things, a line each. */
function statementsOf(sql: string): Statement[] {
  return sql.split(/\n{2,}/).map((block) => {
    const [, comment = "", text = ""] = /^((?:--.*\n)*)([^]*)$/.exec(block.trim()) ?? [];
    const [, head = "", actions = text] =
      /^(ALTER TABLE (?:"[^"]*"\.)?"[^"]*" )([^]*);$/.exec(text) ?? [];
    const all = head === "" ? [actions] : actions.split(",\n");
    return { comment, head, actions: all.map((action) => head + action) };
  });
}

function written(head: string, actions: readonly string[]): string {
  if (head === "") return actions.join("\n");
  return `${head}${actions.map((action) => action.slice(head.length)).join(",\n")};`;
}
