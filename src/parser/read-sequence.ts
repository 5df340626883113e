import type { AlterSeqStmt, CreateSeqStmt, DefElem, Node } from "@pgsql/types";
import type { Operation } from "../core/operation.ts";
import type { SequenceOptions } from "../core/operations/object.ts";
import { nameFromParts, relationName } from "./names.ts";
import { bodiesOf, bodyOf, constantText, stringList } from "./node.ts";
import { readTypeName } from "./read-type-name.ts";
import type { StatementPlace } from "./statement-place.ts";

export function readCreateSequence(statement: CreateSeqStmt, place: StatementPlace): Operation[] {
  return [
    {
      kind: "create-sequence",
      span: place.span,
      sequence: relationName(statement.sequence),
      ifNotExists: statement.if_not_exists ?? false,
      temporary: statement.sequence?.relpersistence === "t",
      options: readSequenceOptions(statement.options, place),
    },
  ];
}

export function readAlterSequence(statement: AlterSeqStmt, place: StatementPlace): Operation[] {
  return [
    {
      kind: "alter-sequence",
      span: place.span,
      sequence: relationName(statement.sequence),
      options: readSequenceOptions(statement.options, place),
    },
  ];
}

type OptionReader = (option: DefElem, place: StatementPlace) => SequenceOptions;

const OPTION_READERS: Readonly<Record<string, OptionReader>> = {
  as: (option, place) => ({ type: readTypeName(bodyOf(option.arg, "TypeName"), place) }),
  increment: ({ arg }) => withNumber(arg, (increment) => ({ increment })),
  minvalue: ({ arg }) => withNumber(arg, (minimum) => ({ minimum })),
  maxvalue: ({ arg }) => withNumber(arg, (maximum) => ({ maximum })),
  start: ({ arg }) => withNumber(arg, (start) => ({ start })),
  cache: ({ arg }) => withNumber(arg, (cache) => ({ cache })),
  restart: ({ arg }) =>
    arg === undefined ? { restart: "start" } : withNumber(arg, (restart) => ({ restart })),
  cycle: ({ arg }) => ({ cycle: constantText(arg) !== "false" }),
  owned_by: ({ arg }) => ({ ownedBy: readOwner(arg) }),
};

function readSequenceOptions(
  options: readonly Node[] | undefined,
  place: StatementPlace,
): SequenceOptions {
  let result: SequenceOptions = {};
  for (const option of bodiesOf(options, "DefElem")) {
    const name = option.defname ?? "";
    const isNone = option.arg === undefined;
    if (name === "minvalue" && isNone) result = { ...result, minimum: "none" };
    else if (name === "maxvalue" && isNone) result = { ...result, maximum: "none" };
    else result = { ...result, ...OPTION_READERS[name]?.(option, place) };
  }
  return result;
}

function withNumber(
  node: Node | undefined,
  make: (value: bigint) => SequenceOptions,
): SequenceOptions {
  const text = constantText(node);
  return text === undefined ? {} : make(BigInt(text));
}

function readOwner(node: Node | undefined): NonNullable<SequenceOptions["ownedBy"]> {
  const parts = stringList(node);
  if (parts.length < 2) return "none";
  return { table: nameFromParts(parts.slice(0, -1)), column: parts.at(-1) ?? "" };
}
