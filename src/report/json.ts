import type { Finding } from "../core/finding.ts";
import type { Fix } from "../core/fix.ts";
import type { Review, ReviewedMigration } from "../core/review.ts";
import { visible } from "./plain.ts";
import { redact } from "./redact.ts";

/**
 * The review as one JSON document, which `report.schema.json` describes. Secrets are redacted; everything else is as it was found, with
 * what would act on a terminal written as JSON's escapes.
 */
export function renderJson(review: Review): string {
  return printedJson(reportDocument(review));
}

/** The review without anything secret. */
function reportDocument(review: Review): Review {
  const { projects, ...rest } = review;
  return {
    ...redacted(rest),
    projects: projects.map(({ drift, ...project }) => ({
      ...project,
      ...(drift === undefined ? {} : { drift: { ...redacted(drift), paths: drift.paths } }),
      migrations: project.migrations.map((migration) => migrationDocument(migration)),
    })),
  };
}

function migrationDocument(migration: ReviewedMigration): ReviewedMigration {
  const { id, path, downPath, findings, suppressed, ...rest } = migration;
  return {
    // Names of files are kept as they are: they are looked up.
    id,
    path,
    ...(downPath === undefined ? {} : { downPath }),
    ...redacted(rest),
    findings: findings.map((finding) => findingDocument(finding)),
    suppressed: suppressed.map(({ finding, reason }) => ({
      finding: findingDocument(finding),
      ...(reason === undefined ? {} : { reason: redact(reason) }),
    })),
  };
}

function findingDocument({ path, fix, also, ...rest }: Finding): Finding {
  const kept = fix !== undefined && isWithoutSecrets(fix) ? { fix } : {};
  const joined = also === undefined ? {} : { also: also.map((one) => findingDocument(one)) };
  return { path, ...redacted(rest), ...kept, ...joined };
}

/** A fix with a secret in it would write asterisks into a file: it is left out. */
function isWithoutSecrets(fix: Fix): boolean {
  const texts = [...fix.edits, ...(fix.files ?? [])].map(({ text }) => text);
  return [fix.title, ...texts].every((text) => redact(text) === text);
}

/** A copy with every text redacted. */
function redacted<Value>(value: Value): Value {
  return redactedUnknown(value) as Value;
}

function redactedUnknown(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactedUnknown(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, redactedUnknown(item)]),
  );
}

/** JSON in which characters that act on a terminal are written as escapes of the same characters. */
export function printedJson(value: unknown): string {
  return `${visible(JSON.stringify(value, undefined, 2), "\n", jsonEscape)}\n`;
}

function jsonEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index).toString(16).padStart(4, "0");
    return `\\u${unit}`;
  }).join("");
}
