import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rules } from "../rules/index.ts";
import type { Review } from "../src/core/review.ts";
import { renderText } from "../src/report/text.ts";

const ROOT = join(import.meta.dirname, "..");
const BLOCK = /(<!-- output: (.+) -->\n)[^]*?(<!-- \/output -->)/g;

/**
 * The README with what the program really prints below each command line that it marks with
 * `<!-- output: … -->`, and with the number of rules. Times differ from run to run and are left out.
 */
export function withOutputs(readme: string): string {
  const folder = mkdtempSync(join(tmpdir(), "migrate-verify-readme-"));
  try {
    execFileSync(process.execPath, ["scripts/build-cli.mjs", folder], { cwd: ROOT });
    return readme
      .replaceAll(BLOCK, (_, begin: string, line: string, end: string) => {
        const text = printedText(join(folder, "cli.js"), line.split(" "));
        return `${begin}\n\`\`\`text\n${text}\n\`\`\`\n\n${end}`;
      })
      .replaceAll(/\[\d+ rules\]/g, `[${rules.length} rules]`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The report as text, made from the document that the program prints, so that no time moves a line's end. */
function printedText(program: string, args: readonly string[]): string {
  const printed = spawnSync(process.execPath, [program, ...args, "--format", "json"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (printed.stderr !== "") throw new Error(printed.stderr);
  const review = JSON.parse(printed.stdout, steady) as Review;
  const texts = (path: string): string => readFileSync(join(ROOT, path), "utf8");
  return renderText({ review, rules, texts }, { colour: false }).replaceAll(TIME, "… ms").trimEnd();
}

const TIME = /\b[\d.]+ m?s\b/g;

/** Every time as one of two digits; a lock is held as long as the two statements of the example take. */
function steady(key: string, value: unknown): unknown {
  if (typeof value === "number" && key === "heldMs") return 76;
  if (typeof value === "number" && key.endsWith("Ms")) return 38;
  return typeof value === "string" ? value.replaceAll(TIME, "38 ms") : value;
}
