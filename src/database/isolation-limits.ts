import type { EngineDescription } from "../core/verification.ts";
import type { Sandbox } from "./sandbox.ts";

/** What is less than everything, by what the machine granted: sentences. `left` says what still holds. */
export function isolationLimits({ kind, user }: Sandbox, left: string): string[] {
  const who = user === undefined ? "the user who ran this program" : `the user ${user.name}`;
  switch (kind) {
    case "bwrap":
      return [];
    case "unshare":
      return [
        `The database ran without network and apart from the machine's processes, but not from its files: it could read what ${who} may read. With bubblewrap installed (\`bwrap\`) it cannot.`,
      ];
    case "plain":
      return [
        `The database ran as ${who}, with an empty environment, but in no sandbox of the operating system, which grants none here: ${left}.`,
      ];
  }
}

/** What of the operating system keeps SQL from the machine that broke out of the database. */
export function isolationOf({
  kind,
  user,
}: Sandbox): Required<Pick<EngineDescription, "sandbox" | "isolation">> {
  const isWeak = kind === "plain" || (kind === "unshare" && user === undefined);
  return { sandbox: kind, isolation: isWeak ? "weak" : "strong" };
}
