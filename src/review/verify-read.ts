import type { ReadMigration } from "../core/lint.ts";
import type { Migration, Project } from "../core/migration.ts";
import type { Unverified } from "../core/review.ts";
import type { Verification } from "../core/verification.ts";
import { isNotApplied } from "../verify/before-hint.ts";
import { isCodeGap } from "../verify/code-gap.ts";
import type { Engine, ProjectProgram } from "../verify/database.ts";
import type { OwnVerification } from "../verify/own-runner/verify-with-runner.ts";
import type { Parser } from "../parser/parse-script.ts";
import type { ScriptRun } from "../verify/script-run.ts";
import { modelComparison } from "./model-comparison.ts";
import { readScript } from "./read-project.ts";
import type { ReviewInput } from "./review.ts";
import { newReleaseQueries, releaseQueries } from "./release-queries.ts";
import { changedPairs, type ScopedVerification, verifyScoped } from "./verify-scoped.ts";

export interface ReadVerification extends ScopedVerification {
  /** Migrations whose code was run, by the project's own runner. */
  readonly ranCode: ReadonlySet<Migration>;
}

type Input = ReviewInput & { readonly engine: Engine; readonly parser: Parser };

/**
 * Verifies the changed migrations of a project; a Django project's also by its own Django, where the
 * configuration says so and the repository is checked out. Of the two, what the own Django came to
 * holds: it ran the project's code.
 */
export async function verifyRead(
  project: Project,
  migrations: readonly ReadMigration[],
  input: Input,
): Promise<ReadVerification> {
  const { change, settings, checkout } = input;
  const before = input.before && wholeRun(input.before, input.parser);
  const scoped = await verifyScoped(migrations, {
    engine: input.engine,
    framework: project.framework,
    settings,
    release: await releaseQueries(project, change, settings),
    newRelease: await newReleaseQueries(project, change, settings),
    ...(before === undefined ? {} : { before }),
    ...(input.seed === undefined ? {} : { seed: input.seed }),
    ...(input.derivesDown === undefined ? {} : { derivesDown: input.derivesDown }),
    ...modelComparison(project, input),
    ...(input.onProgress === undefined ? {} : { onProgress: input.onProgress }),
  });
  const compiled = withNotes(scoped, project.notes ?? []);
  const { command } = settings.django;
  if (project.framework !== "django" || command === undefined) {
    return { ...compiled, ranCode: new Set() };
  }
  if (checkout === undefined) return { ...withNotes(compiled, [NOT_HERE]), ranCode: new Set() };
  const program = {
    kind: "django",
    words: command,
    folder: folderIn(checkout, project.root),
    reads: [checkout],
    environment: settings.django.environment,
  } as const;
  const own = await verifyByOwn(project.framework, migrations, {
    input,
    before,
    checkout,
    program,
  });
  return merged(compiled, own, migrations);
}

async function verifyByOwn(
  framework: Project["framework"],
  migrations: readonly ReadMigration[],
  run: {
    readonly input: Input;
    readonly before: ScriptRun | undefined;
    readonly checkout: string;
    readonly program: ProjectProgram;
  },
): Promise<OwnVerification> {
  const { verifyWithRunner } = await import("../verify/own-runner/verify-with-runner.ts");
  const { engine, settings, seed, onProgress } = run.input;
  return verifyWithRunner({
    engine,
    changed: changedPairs(migrations, framework),
    settings: settings.verify,
    repository: run.checkout,
    program: run.program,
    ...(run.before && { before: run.before }),
    ...(seed && { seed }),
    ...(onProgress && { onProgress }),
  });
}

/** A file that is sent as it is, as one script. */
function wholeRun({ path, text }: NonNullable<Input["before"]>, parser: Parser): ScriptRun {
  const span = { start: 0, end: text.length };
  const execution = { transaction: false, sends: "script" } as const;
  const source = { path, text, span, execution };
  return { source, script: readScript(parser, source) };
}

const NOT_HERE =
  "`django.command` was not run: that needs a checkout, and the App runs no code of a repository.";

function folderIn(checkout: string, root: string): string {
  return root === "" || root === "." ? checkout : `${checkout}/${root}`;
}

function merged(
  compiled: ScopedVerification,
  own: OwnVerification,
  migrations: readonly ReadMigration[],
): ReadVerification {
  const verifications = new Map(compiled.verifications);
  const ranCode = new Set<Migration>();
  const paths = new Set<string>();
  for (const { migration } of migrations) {
    const ran = own.verifications.get(migration.id);
    if (ran === undefined) continue;
    ranCode.add(migration);
    paths.add(migration.up.path);
    const known = verifications.get(migration);
    verifications.set(migration, known === undefined ? ran : of(known, ran));
  }
  const isWhole =
    own.unverified.length === 0 && changedPairs(migrations, "django").every(ranOwn(own));
  const stopped = isWhole ? compiled.unverified.filter(isOfBase) : [];
  const unverified = compiled.unverified.filter(
    (one) => !stopped.includes(one) && !(paths.has(one.path) && isCodeGap(one.reason)),
  );
  return {
    ...withNotes(compiled, [...own.notes, ...new Set(stopped.map(stoppedWords))]),
    verifications,
    unverified: [...unverified, ...own.unverified, ...own.missing.map(missingWords)],
    ranCode,
  };
}

function ranOwn({ verifications }: OwnVerification): (pair: { readonly id: string }) => boolean {
  return ({ id }) => verifications.has(id);
}

function isOfBase({ reason }: Unverified): boolean {
  return isNotApplied(reason);
}

/**
 * That an earlier migration as we compiled it stops says nothing against the change, where the own
 * runner applied it and ran all that changed. What is missing then is what only we look at.
 */
function stoppedWords({ path, reason }: Unverified): string {
  const told = reason.startsWith(TOLD_OF_CHANGED)
    ? reason.slice(TOLD_OF_CHANGED.length)
    : `${path}: ${reason}`;
  return `Single statements were not observed, as what was compiled of ${told}. The project's own Django applied it: this is ours to mend.`;
}

const TOLD_OF_CHANGED = "not verified: ";

/** What the own runner came to, with what was observed of the statements. */
function of(compiled: Verification, own: Verification): Verification {
  const { statements, release, partialFailures, down } = compiled;
  const candidate = down.candidate === undefined ? {} : { candidate: down.candidate };
  return {
    ...own,
    down: { ...own.down, ...candidate },
    statements,
    ...(release === undefined ? {} : { release }),
    ...(partialFailures === undefined ? {} : { partialFailures }),
  };
}

function withNotes(verified: ScopedVerification, notes: readonly string[]): ScopedVerification {
  const { engine } = verified;
  if (engine === undefined) return verified;
  return { ...verified, engine: { ...engine, limits: [...engine.limits, ...notes] } };
}

function missingWords({ app, changes }: OwnVerification["missing"][number]): Unverified {
  return {
    path: app,
    reason: `its models changed without a migration: ${changes.join("; ")}. \`makemigrations\` writes it`,
  };
}
