import { lstatSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Review } from "../core/review.ts";
import { UserError } from "../core/user-error.ts";
import schema from "../../report.schema.json" with { type: "json" };

/** A larger report is none of ours. In bytes. */
const MOST_BYTES = 20 * 1024 * 1024;

/**
 * Reads the report of another workflow and holds it against its schema: whoever opened the pull
 * request may have written it. Throws UserError for what is no report.
 */
export function readReport(path: string): Review {
  const parsed = parse(path);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  if (!ajv.validate(schema, parsed)) {
    throw new UserError(`${path} is not a report of this version: ${ajv.errorsText()}`, {
      hint: "Use the same version of migrate-verify in both workflows.",
      exitCode: 3,
    });
  }
  return parsed as Review;
}

function parse(path: string): unknown {
  // An artifact is made by whoever opened the pull request, and may hold a link to any file of the runner.
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new UserError(`There is no report at ${path}.`, {
      hint: "Download the artifact of the other workflow before this step.",
      exitCode: 3,
    });
  }
  if (!stats.isFile()) {
    throw new UserError(`${path} is no report: it is not a file of its own.`, { exitCode: 3 });
  }
  if (stats.size > MOST_BYTES) {
    throw new UserError(`${path} is no report: it is larger than ${MOST_BYTES / 1024 / 1024} MB.`, {
      exitCode: 3,
    });
  }
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserError(`${path} is no report: it is not JSON.`, { exitCode: 3 });
    }
    throw error;
  }
}
