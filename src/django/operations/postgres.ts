import { quoteName } from "../schema/names.ts";
import { type Arguments, type DatabaseChange, type Operation, unchanged } from "./operation.ts";

/** CREATE EXTENSION, unless it is there; backwards it is dropped (contrib.postgres). */
export function createExtension(name: string): Operation {
  return {
    change: unchanged,
    forwards: ({ editor }) => {
      if (editor.catalog.hasExtension(name)) return;
      editor.execute(`CREATE EXTENSION IF NOT EXISTS ${quoteName(name)}`);
      editor.catalog.setExtension(name, true);
    },
    backwards: ({ editor }) => {
      if (!editor.catalog.hasExtension(name)) return;
      editor.execute(`DROP EXTENSION IF EXISTS ${quoteName(name)}`);
      editor.catalog.setExtension(name, false);
    },
  };
}

interface Collation {
  readonly name: string;
  readonly locale: string;
  readonly provider: string;
  readonly isDeterministic: boolean;
}

function readCollation(args: Arguments): Collation {
  const deterministic = args.get("deterministic");
  return {
    name: args.text("name"),
    locale: args.text("locale"),
    provider: args.optionalText("provider") ?? "libc",
    isDeterministic: !(deterministic?.kind === "boolean" && !deterministic.value),
  };
}

function create({ name, locale, provider, isDeterministic }: Collation) {
  return ({ editor }: DatabaseChange): void => {
    const options = [`locale=${quoteName(locale)}`];
    if (provider !== "libc") options.push(`provider=${quoteName(provider)}`);
    if (!isDeterministic) {
      options.push("deterministic=false");
      editor.catalog.setIndeterministic(name);
    }
    editor.execute(`CREATE COLLATION ${quoteName(name)} (${options.join(", ")})`);
  };
}

function drop({ name }: Collation) {
  return ({ editor }: DatabaseChange): void => {
    editor.execute(`DROP COLLATION ${quoteName(name)}`);
  };
}

export function createCollation(args: Arguments): Operation {
  const collation = readCollation(args);
  return { change: unchanged, forwards: create(collation), backwards: drop(collation) };
}

export function removeCollation(args: Arguments): Operation {
  const collation = readCollation(args);
  return { change: unchanged, forwards: drop(collation), backwards: create(collation) };
}
