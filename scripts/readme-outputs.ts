import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const BLOCK = /(<!-- output: (.+) -->\n)[^]*?(<!-- \/output -->)/g;

/**
 * The README with what the program really prints below each command line that it marks with
 * `<!-- output: … -->`, and with the number of rules. Times differ from run to run and are left out.
 */
export function withOutputs(readme: string, rules: number): string {
  const folder = mkdtempSync(join(tmpdir(), "migrate-verify-readme-"));
  try {
    execFileSync(process.execPath, ["scripts/build-cli.mjs", folder], { cwd: ROOT });
    return readme
      .replaceAll(BLOCK, (_, begin: string, line: string, end: string) => {
        const printed = spawnSync(process.execPath, [join(folder, "cli.js"), ...line.split(" ")], {
          cwd: ROOT,
          encoding: "utf8",
        });
        if (printed.stderr !== "") throw new Error(printed.stderr);
        const text = printed.stdout.replaceAll(/\b[\d.]+ m?s\b/g, "… ms").trimEnd();
        return `${begin}\n\`\`\`text\n${text}\n\`\`\`\n\n${end}`;
      })
      .replaceAll(/\[\d+ rules\]/g, `[${rules} rules]`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
