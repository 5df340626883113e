import type { FixedScript, FixOffer } from "./fix.ts";
import type { ReadMigration } from "./lint.ts";
import type { Direction } from "./migration.ts";

/** A migration with one of its scripts as a fix leaves it. */
export function withFixed(
  read: ReadMigration,
  direction: Direction,
  fixed: FixedScript,
): ReadMigration {
  const { source, script } = fixed;
  return { ...read, migration: { ...read.migration, [direction]: source }, [direction]: script };
}

/** A migration that a fix adds. */
export function readNext({ id, up, down }: FixOffer["next"][number]): ReadMigration {
  const isScript = typeof down !== "string";
  return {
    migration: { id, version: id, up: up.source, down: isScript ? down.source : down },
    change: "added",
    up: up.script,
    ...(isScript ? { down: down.script } : {}),
    faults: [],
  };
}
