import { existsSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { SandboxKind } from "../../src/core/verification.ts";

/** One way to keep a database from the machine: its name, and where what makes it is looked for. */
export interface SandboxWay {
  readonly kind: SandboxKind;
  readonly path: string;
}

const PROGRAMS: Readonly<Record<SandboxKind, readonly string[]>> = {
  bwrap: ["bwrap"],
  unshare: ["unshare", "setpriv"],
  plain: [],
};

/** Folders that hold the programs of one way only, for those whose programs this machine has. */
export function sandboxWays(): SandboxWay[] {
  return (Object.keys(PROGRAMS) as SandboxKind[]).flatMap((kind) => {
    const programs = PROGRAMS[kind].map((name) => join("/usr/bin", name));
    if (process.platform !== "linux" || !programs.every((one) => existsSync(one))) {
      return kind === "plain" ? [{ kind, path: "" }] : [];
    }
    const path = mkdtempSync(join(tmpdir(), "migrate-verify-test-ways-"));
    for (const program of programs) symlinkSync(program, join(path, program.slice(9)));
    return [{ kind, path }];
  });
}
