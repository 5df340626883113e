import type { Operation } from "../core/operation.ts";
import type { Script } from "../core/statement.ts";
import type { DatabaseError } from "../core/verification.ts";
import { RUNNER_TABLES } from "./runner-tables.ts";

/** Something that production has and a fresh database has not, as the server's error names it. */
export interface MissingObject {
  readonly kind: "role" | "database" | "runner's table" | "extension";
  readonly name: string;
}

const MESSAGES: readonly {
  readonly kind: MissingObject["kind"];
  readonly codes: readonly string[];
  readonly message: RegExp;
}[] = [
  { kind: "role", codes: ["42704"], message: /^role "(.+)" does not exist$/ },
  { kind: "database", codes: ["3D000"], message: /^database "(.+)" does not exist$/ },
  {
    kind: "runner's table",
    codes: ["42P01"],
    message: /^relation "(?:public\.)?([a-z_]+)" does not exist$/,
  },
  { kind: "extension", codes: ["0A000"], message: /^extension "(.+)" is not available$/ },
  {
    kind: "extension",
    codes: ["58P01"],
    message: /^could not open extension control file ".*\/([^/"]+)\.control"/,
  },
  {
    kind: "extension",
    codes: ["42501"],
    message: /^permission denied to create extension "(.+)"$/,
  },
];

/** What an error says is missing; undefined for any other error. */
export function missingObject(error: DatabaseError): MissingObject | undefined {
  for (const { kind, codes, message } of MESSAGES) {
    const name = codes.includes(error.code ?? "") ? message.exec(error.message)?.[1] : undefined;
    if (name === undefined || (kind === "runner's table" && !RUNNER_TABLES.has(name))) continue;
    return { kind, name };
  }
  return undefined;
}

/** The statement that makes a missing object; undefined for an extension, which nobody can make. */
export function creation({ kind, name }: MissingObject): string | undefined {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  switch (kind) {
    case "role":
      return `CREATE ROLE ${quoted}`;
    case "database":
      return `CREATE DATABASE ${quoted}`;
    case "runner's table":
      return `CREATE TABLE public.${quoted} (${RUNNER_TABLES.get(name) ?? ""})`;
    case "extension":
      return undefined;
  }
}

/** Indexes of the statements that speak of one of these extensions themselves. */
export function statementsAbout(extensions: ReadonlySet<string>, script: Script): Set<number> {
  const found = new Set<number>();
  if (extensions.size === 0) return found;
  script.statements.forEach(({ operations }, index) => {
    const names = operations.flatMap((operation) => extensionOf(operation) ?? []);
    if (names.some((name) => extensions.has(name))) found.add(index);
  });
  return found;
}

function extensionOf(operation: Operation): string | undefined {
  if (operation.inside !== undefined) return undefined;
  switch (operation.kind) {
    case "create-extension":
    case "drop-extension":
      return operation.extension;
    case "alter-object":
    case "comment":
    case "drop-object":
    case "set-object-schema":
      return operation.object === "extension" ? operation.name?.name : undefined;
    default:
      return undefined;
  }
}

/** Names of the roles that the scripts create, also where a DO block may do it. */
export function createdRoles(scripts: readonly Script[]): Set<string> {
  const roles = new Set<string>();
  for (const { statements } of scripts) {
    for (const operation of statements.flatMap(({ operations }) => operations)) {
      if (operation.kind === "create-object" && operation.object === "role" && operation.name) {
        roles.add(operation.name.name);
      }
    }
  }
  return roles;
}
