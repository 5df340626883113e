/*
 * How many labelled hazards are found, and how many findings are wrong, beside squawk's figures on the
 * same files. Squawk gets each migration as it is used, without a history, and knows whether the
 * runner opens a transaction. What it says of taste and of timeouts counts for nothing, on both sides.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { labelledCases, type LabelledCase } from "../__tests__/labelled/labelled.ts";
import { judge, toldByRules, type Told } from "../__tests__/labelled/told.ts";
import { rules } from "../rules/index.ts";

/** Hazards that squawk means and that no rule of ours names as squawk's. */
const SQUAWK: Readonly<Record<string, readonly string[]>> = {
  "adding-field-with-default": [
    "add-column-volatile-default",
    "add-column-generated-stored",
    "add-column-serial",
    "add-column-identity",
  ],
  "adding-not-nullable-field": ["set-not-null-scan"],
  "ban-add-composite-attribute": ["composite-type-attribute-added"],
  "ban-alter-domain-with-add-constraint": ["alter-domain-add-constraint"],
  "ban-alter-sequence-values": ["alter-sequence-values"],
  "ban-concurrent-index-creation-in-transaction": ["concurrently-in-transaction"],
  "ban-create-domain-with-constraint": ["create-domain-with-constraint"],
  "ban-detach-inheritance": ["detach-inheritance"],
  "ban-disable-trigger": ["enable-disable-trigger"],
  "ban-drop-domain": ["drop-type-or-domain"],
  "ban-drop-extension": ["drop-extension"],
  "ban-drop-generated-expression": ["drop-generated-expression"],
  "ban-drop-index": ["drop-constraint-used-by-upsert", "drop-index-still-used"],
  "ban-drop-schema": ["drop-schema"],
  "ban-drop-sequence": ["drop-sequence"],
  "ban-replica-identity": ["replica-identity-change"],
  "ban-set-schema": ["set-schema"],
  "ban-uncommitted-transaction": ["uncommitted-transaction"],
  "changing-column-type": ["alter-column-type-rewrite", "alter-column-collation"],
  "identifier-too-long": ["identifier-too-long"],
  "renaming-object": ["rename-other-object", "rename-enum-value", "rename-schema"],
  "transaction-nesting": ["transaction-nesting"],
};

const TASTE =
  /^(?:prefer-|require-(?:timeout-settings|lock-timeout|statement-timeout|table-schema)$|ban-char-field$)/;

const report = z.array(z.object({ file: z.string(), rule_name: z.string() }));

/** What squawk says of every case. */
function toldBySquawk(program: string, cases: readonly LabelledCase[]): readonly Told[][] {
  const folder = mkdtempSync(join(tmpdir(), "migrate-verify-labelled-"));
  try {
    const told: Told[][] = cases.map(() => []);
    for (const autocommit of [true, false]) {
      const files = cases.flatMap((one, index) =>
        one.autocommit === autocommit
          ? one.migrations.map((sql, part) => {
              const path = join(folder, `${index}_${part}.sql`);
              writeFileSync(path, sql);
              return path;
            })
          : [],
      );
      const args = ["--reporter", "json", "--pg-version", "18.0", ...files];
      if (!autocommit) args.unshift("--assume-in-transaction");
      const { stdout } = spawnSync(program, args, {
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
      });
      for (const { file, rule_name: name } of report.parse(JSON.parse(stdout))) {
        if (TASTE.test(name)) continue;
        const index = Number(/(\d+)_\d+\.sql$/.exec(file)?.[1]);
        told[index]?.push({ name, hazards: hazardsOf(name) });
      }
    }
    return told;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hazardsOf(name: string): readonly string[] {
  const named = rules.filter(({ squawk }) => squawk?.includes(name));
  return [...(SQUAWK[name] ?? []), ...named.flatMap(({ hazards }) => hazards ?? [])];
}

interface Score {
  found: number;
  missed: number;
  wrong: number;
}

/** Adds up cases by the hazard that each is about; safe ones, which are about none, by their file. */
function scores(cases: readonly LabelledCase[], told: readonly (readonly Told[])[]) {
  const byHazard = new Map<string, Score>();
  const scoreOf = (hazard: string): Score => {
    const score = byHazard.get(hazard) ?? { found: 0, missed: 0, wrong: 0 };
    byHazard.set(hazard, score);
    return score;
  };
  const total: Score = { found: 0, missed: 0, wrong: 0 };
  cases.forEach((one, index) => {
    const { missed, wrong } = judge(one, told[index] ?? []);
    for (const hazard of one.must) {
      const key = missed.includes(hazard) ? "missed" : "found";
      scoreOf(hazard)[key] += 1;
      total[key] += 1;
    }
    scoreOf(one.must[0] ?? `(safe) ${one.title.split(":")[0] ?? ""}`).wrong += wrong.length;
    total.wrong += wrong.length;
  });
  return { byHazard, total };
}

/** Prints both figures for each hazard and for all. */
export function printDetection(squawk: string): void {
  const cases = labelledCases();
  const ours = scores(
    cases,
    cases.map((one) => toldByRules(one)),
  );
  const theirs = scores(cases, toldBySquawk(squawk, cases));
  console.log(`\n${cases.length} labelled migrations: hazards found, findings that are wrong`);
  console.log(`${"".padEnd(46)}${"migrate-verify".padEnd(22)}squawk-cli`);
  for (const hazard of [...ours.byHazard.keys()].toSorted()) {
    const [one, other] = [ours.byHazard.get(hazard), theirs.byHazard.get(hazard)];
    if (one === undefined || other === undefined) continue;
    console.log(`${hazard.padEnd(46)}${printed(one)}${printed(other)}`);
  }
  console.log(`${"all".padEnd(46)}${printed(ours.total)}${printed(theirs.total)}`);
}

function printed({ found, missed, wrong }: Score): string {
  return `${`${found} of ${found + missed}`.padEnd(12)}${`${wrong} wrong`.padEnd(10)}`;
}
