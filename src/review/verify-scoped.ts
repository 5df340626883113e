import type { ReadMigration } from "../core/lint.ts";
import type { Framework, Migration } from "../core/migration.ts";
import type { ReleaseQuery } from "../core/release-query.ts";
import type { Unverified } from "../core/review.ts";
import type { Settings } from "../core/settings.ts";
import type { Script } from "../core/statement.ts";
import type { EngineDescription, Verification } from "../core/verification.ts";
import type { Drift } from "../core/drift.ts";
import type { Database, Engine } from "../verify/database.ts";
import type { ScriptPair, ScriptRun, SeedFile } from "../verify/script-run.ts";
import { SUPABASE_PRELUDE } from "../verify/supabase-prelude.ts";
import { verifyProject } from "../verify/verify-project.ts";

export interface VerifyOptions {
  readonly engine: Engine;
  readonly framework: Framework;
  readonly settings: Settings;
  /** SQL that is run before the first migration. */
  readonly before?: ScriptRun;
  /** Rows of the project's own. */
  readonly seed?: readonly SeedFile[];
  /** Statements that the release before sends. */
  readonly release?: readonly ReleaseQuery[];
  /** Statements that the release with the change sends. */
  readonly newRelease?: readonly ReleaseQuery[];
  readonly derivesDown?: boolean;
  /** Compares what all migrations together build with the models of the project. */
  readonly compareModels?: (database: Database) => Promise<Drift>;
  readonly compareBaseModels?: (database: Database) => Promise<Drift>;
  readonly onProgress?: (step: string) => void;
}

export interface ScopedVerification {
  /** Absent where no database could be had. */
  readonly engine?: EngineDescription;
  readonly verifications: ReadonlyMap<Migration, Verification>;
  readonly unverified: readonly Unverified[];
  readonly drift?: Drift;
}

/**
 * Verifies the changed migrations of a project. Where all of them are new, production has every
 * other one already, so those are the base, also where the runner would order them later. Where an
 * old one was edited, they are applied in the runner's order, as on an empty database. Django's come in
 * the order of databases already: one that stands behind a new one needs it.
 */
export async function verifyScoped(
  migrations: readonly ReadMigration[],
  options: VerifyOptions,
): Promise<ScopedVerification> {
  const { base, changed } = inOrder(migrations, options.framework);
  const result = await verifyProject({
    engine: options.engine,
    base: base.map(upRun),
    changed: changed.map(({ read, earlier }) => pair(read, earlier)),
    settings: options.settings.verify,
    ...(options.framework === "supabase" ? { prelude: SUPABASE_PRELUDE } : {}),
    ...(options.before === undefined ? {} : { before: options.before }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.release === undefined ? {} : { release: options.release }),
    ...(options.newRelease === undefined ? {} : { newRelease: options.newRelease }),
    ...(options.derivesDown === undefined ? {} : { derivesDown: options.derivesDown }),
    ...(options.compareModels === undefined ? {} : { compareModels: options.compareModels }),
    ...(options.compareBaseModels === undefined
      ? {}
      : { compareBaseModels: options.compareBaseModels }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const verifications = new Map<Migration, Verification>();
  changed.forEach(({ read }, index) => {
    const verification = result.verifications[index];
    if (verification !== undefined) verifications.set(read.migration, verification);
  });
  return {
    ...(result.engine === undefined ? {} : { engine: result.engine }),
    verifications,
    unverified: result.unverified,
    ...(result.drift === undefined ? {} : { drift: result.drift }),
  };
}

/** The changed migrations as they are run, in order. */
export function changedPairs(
  migrations: readonly ReadMigration[],
  framework: Framework,
): ScriptPair[] {
  return inOrder(migrations, framework).changed.map(({ read, earlier }) => pair(read, earlier));
}

interface Step {
  readonly read: ReadMigration;
  readonly earlier: readonly ReadMigration[];
}

function isChanged({ change }: ReadMigration): boolean {
  return change !== "unchanged";
}

function inOrder(
  migrations: readonly ReadMigration[],
  framework: Framework,
): {
  base: readonly ReadMigration[];
  changed: readonly Step[];
} {
  const edited = migrations.some(
    ({ change, migration }) =>
      change !== "unchanged" && (change !== "added" || migration.replaces !== undefined),
  );
  if (!edited && framework !== "django") {
    return {
      base: migrations.filter((read) => !isChanged(read)),
      changed: migrations.filter(isChanged).map((read) => ({ read, earlier: [] })),
    };
  }
  const first = migrations.findIndex(isChanged);
  if (first === -1) return { base: migrations, changed: [] };
  const changed: Step[] = [];
  let earlier: ReadMigration[] = [];
  for (const read of migrations.slice(first)) {
    if (isChanged(read)) {
      changed.push({ read, earlier });
      earlier = [];
    } else {
      earlier.push(read);
    }
  }
  return { base: migrations.slice(0, first), changed };
}

function upRun({ migration, up }: ReadMigration): ScriptRun {
  return { source: migration.up, script: up };
}

function pair(read: ReadMigration, earlier: readonly ReadMigration[]): ScriptPair {
  const { down } = read.migration;
  return {
    id: read.migration.id,
    ...(earlier.length === 0 ? {} : { earlier: earlier.map(upRun) }),
    up: upRun(read),
    ...againOf(read),
    down: typeof down === "string" ? down : { source: down, script: downScript(read) },
  };
}

function againOf({ migration, again }: ReadMigration): Pick<ScriptPair, "upAgain"> {
  const source = migration.up.again;
  return source === undefined || again === undefined ? {} : { upAgain: { source, script: again } };
}

/** A changed migration's down half was read with it; anything else is a bug. */
function downScript({ migration, down }: ReadMigration): Script {
  if (down === undefined) throw new Error(`the down script of ${migration.id} was not read`);
  return down;
}
