import type { Finding } from "../core/finding.ts";
import type { ReviewedMigration } from "../core/review.ts";
import { alsoSentence } from "./also-words.ts";
import { Fingerprints } from "./fingerprint.ts";
import { printedJson } from "./json.ts";
import type { ReportInput } from "./report-input.ts";
import { SARIF_LEVEL, sarifRule, STEP_RULES } from "./sarif-rule.ts";
import { sourceTexts } from "./source-text.ts";
import { untrustedLine } from "./untrusted.ts";
import { failuresOf, type DownPolicy, type Failure } from "./verification-words.ts";

const ROOT = "%SRCROOT%";

export interface SarifOptions {
  /** The version of migrate-verify. */
  readonly version: string;
  /** The address of a rule's page; without it, its first reference stands for it. */
  readonly rulePage?: (rule: string) => string;
}

/** The review as a SARIF 2.1.0 log of one run. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function renderSarif(input: ReportInput, options: SarifOptions): string {
  return printedJson(sarifLog(input, options));
}

/** The log as a value. */
export function sarifLog({ review, rules, texts }: ReportInput, options: SarifOptions) {
  const descriptors = [
    ...rules.map((rule) => sarifRule(rule, options.rulePage?.(rule.id))),
    ...STEP_RULES,
  ];
  const indexes = new Map(descriptors.map(({ id }, index) => [id, index]));
  const source = sourceTexts(texts);
  const fingerprints = new Fingerprints();
  const migrations = review.projects.flatMap((project) => project.migrations);
  const resultOf = (finding: Finding) => ({
    ...ruleReference(finding.rule, indexes),
    ...findingResult(finding),
    partialFingerprints: { "migrateVerify/v1": fingerprints.of(finding, source(finding.path)) },
  });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "migrate-verify", semanticVersion: options.version, rules: descriptors },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
        invocations: [
          {
            executionSuccessful: review.unverified.length === 0,
            toolExecutionNotifications: review.unverified.map(({ path, reason }) => ({
              level: "error",
              message: { text: `Not verified: ${untrustedLine(reason)}` },
              locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
            })),
          },
        ],
        results: migrations.flatMap((migration) => [
          ...migration.findings.map((finding) => resultOf(finding)),
          ...migration.suppressed.map(({ finding, reason }) => ({
            ...resultOf(finding),
            suppressions: [
              {
                kind: "inSource",
                ...(reason === undefined ? {} : { justification: untrustedLine(reason) }),
              },
            ],
          })),
          ...failureResults(migration, review.settings.down, indexes),
        ]),
      },
    ],
  };
}

function findingResult(finding: Finding) {
  const { table, evidence, also } = finding;
  return {
    level: SARIF_LEVEL[finding.severity],
    message: { text: unlinked(finding.message + alsoSentence(finding)) },
    locations: [locationOf(finding)],
    ...(also === undefined ? {} : { relatedLocations: also.map(relatedLocation) }),
    properties: {
      confidence: finding.confidence,
      ...(table === undefined ? {} : { table: untrustedLine(table) }),
      ...(evidence === undefined
        ? {}
        : { evidence: `${evidence.verdict}: ${untrustedLine(evidence.text)}` }),
    },
  };
}

function locationOf({ path, line, column, endLine, endColumn }: Finding) {
  return {
    physicalLocation: {
      artifactLocation: artifact(path),
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

function relatedLocation(finding: Finding) {
  return { ...locationOf(finding), message: { text: unlinked(finding.message) } };
}

const STEP_RULE: Readonly<Record<Failure["step"], string>> = {
  up: "verify-up",
  down: "verify-down",
  "up again": "verify-up-again",
  "release before": "verify-release",
};

function failureResults(
  migration: ReviewedMigration,
  policy: DownPolicy,
  indexes: ReadonlyMap<string, number>,
) {
  const { verification, path, downPath } = migration;
  if (verification === undefined) return [];
  return failuresOf(verification, policy).map(({ step, sentence, error }) => ({
    ...ruleReference(STEP_RULE[step], indexes),
    level: "error",
    message: {
      text: error === undefined ? `${sentence}.` : `${sentence}: ${unlinked(error.message)}`,
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(step === "down" ? (downPath ?? path) : path),
          ...(error?.line === undefined ? {} : { region: { startLine: error.line } }),
        },
      },
    ],
    partialFingerprints: { "migrateVerify/v1": `${STEP_RULE[step]}:${uriOf(path)}` },
  }));
}

function ruleReference(id: string, indexes: ReadonlyMap<string, number>) {
  const ruleIndex = indexes.get(id);
  return ruleIndex === undefined ? { ruleId: id } : { ruleId: id, ruleIndex };
}

function artifact(path: string) {
  return { uri: uriOf(path), uriBaseId: ROOT };
}

/** SARIF's plain text knows links, `[text](address)`: an untrusted text gets none. */
function unlinked(text: string): string {
  return untrustedLine(text).replaceAll("](", "] (");
}

/** A path as a relative URI. Half of a surrogate pair cannot be written in one. */
function uriOf(path: string): string {
  return path
    .replace(/\p{Cs}/gu, "\u{fffd}")
    .split("/")
    .map((segment) => encodeURIComponent(segment))
    .join("/");
}
