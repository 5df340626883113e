/*
 * Compares a replayed schema with the catalog of a real database. Both are told as facts, one line
 * each: `column public.t.a integer not null`.
 */
import { databaseFacts, type Query } from "./database-facts.ts";
import { schemaFacts } from "./schema-facts.ts";
import type { Schema } from "../src/core/schema.ts";

/** Facts that only one side has. */
export interface CatalogDifference {
  readonly onlyInDatabase: readonly string[];
  readonly onlyInReplay: readonly string[];
}

/** Compares; the database has to be outside of a transaction that failed. */
export async function compareCatalogs(query: Query, schema: Schema): Promise<CatalogDifference> {
  const database = await databaseFacts(query);
  const { facts, unknown } = schemaFacts(schema);
  const isKnown = (fact: string): boolean => !unknown.some((pattern) => pattern.test(fact));
  const known = new Set(facts);
  const actual = new Set(database);
  return {
    onlyInDatabase: database.filter((fact) => !known.has(fact) && isKnown(fact)),
    onlyInReplay: facts.filter((fact) => !actual.has(fact) && isKnown(fact)),
  };
}

/** The difference for a person, `+` for what the database has and the replay lacks. */
export function printDifference({ onlyInDatabase, onlyInReplay }: CatalogDifference): string[] {
  return [
    ...onlyInDatabase.map((fact) => `+ ${fact}`),
    ...onlyInReplay.map((fact) => `- ${fact}`),
  ].toSorted((one, other) => (one.slice(2) < other.slice(2) ? -1 : 1));
}
