import { printed } from "../python/same-value.ts";
import { itemsOf, lastPart, type PythonCall, type PythonValue, textOf } from "../python/value.ts";
import type { Field } from "../state/field.ts";
import { Uncompilable } from "../state/uncompilable.ts";
import { jsonText } from "./json-text.ts";
import { floatText } from "./number-text.ts";
import { NULL, type SqlValue } from "./sql-value.ts";
import { NOW, temporalText, temporalValue } from "./temporal.ts";

type Preparation = (value: PythonValue, field: Field) => SqlValue | undefined;

/**
 * What a field makes of a Python value before it is sent (Django's `get_db_prep_save`). Throws
 * Uncompilable where the value is not known.
 */
export function prepareValue(field: Field, value: PythonValue): SqlValue {
  const plain = resolved(value.kind === "name" ? (value.returns ?? value) : value);
  if (plain.kind === "none") return NULL;
  if (field.isRelation) return prepareValue(field.target, plain);
  const prepared =
    (plain.kind === "call" ? calledValue(plain, field) : undefined) ??
    (plain.kind === "name" ? namedValue(plain.name, field) : undefined) ??
    BY_TYPE[preparationOf(field)]?.(plain, field);
  if (prepared !== undefined) return prepared;
  throw new Uncompilable(`the default of ${field.name}`, value.span);
}

/** What is wrapped for translation, and choices by their value. */
function resolved(value: PythonValue): PythonValue {
  if (value.kind !== "call") return value;
  const name = lastPart(value.callee);
  const [first] = value.args;
  if (first === undefined) return value;
  return /^(?:gettext|ugettext)(?:_lazy)?$|^_$|^Value$/.test(name) ? first : value;
}

/** Classes of values: dates, Decimal, UUID, Value. */
function calledValue(call: PythonCall, field: Field): SqlValue | undefined {
  const name = lastPart(call.callee);
  const [first] = call.args;
  if (name === "Decimal" && first !== undefined) return number(first);
  if (name === "UUID") return uuid(textOf(first));
  if ((name === "dict" || name === "list" || name === "set") && call.args.length === 0) {
    return namedValue(name, field);
  }
  if (
    /^(?:date)?time\b|^datetime\./.test(call.callee) ||
    /^(?:timedelta|date|datetime|time)$/.test(name)
  ) {
    return temporalValue(call, field.databaseType ?? "");
  }
  if (/(?:^|\.)(?:now|utcnow|today)$/.test(call.callee)) return moment(field);
  return undefined;
}

/** Functions that compute a default: known ones are called once, as Django does. */
function namedValue(name: string, field: Field): SqlValue | undefined {
  const span = field.state.span;
  if (/^uuid\.uuid[14]$/.test(name)) return anyUuid(field);
  if (/(?:^|\.)(?:now|utcnow|today|localdate|localtime)$/.test(name)) return moment(field);
  if (name === "dict") return prepareValue(field, { kind: "dict", entries: [], span });
  if (name === "list" || name === "set" || name === "tuple") {
    return prepareValue(field, { kind: name, items: [], span });
  }
  if (name === "str") return { kind: "text", value: "" };
  if (name === "int") return { kind: "number", text: "0" };
  if (name === "bool") return { kind: "boolean", value: false };
  return undefined;
}

/** A UUID that stands for the one that is made when the migration runs. */
function anyUuid(field: Field): SqlValue {
  if (field.internalType === "UUIDField") return { kind: "uuid", hex: "0".repeat(32) };
  return { kind: "text", value: "00000000-0000-0000-0000-000000000000" };
}

/** The moment at which the migration runs, in the type of the field. */
export function moment(field: Field): SqlValue {
  const [date = "", clock = ""] = NOW.split(" ");
  if (field.internalType === "DateField") return { kind: "cast", value: date, type: "date" };
  if (field.internalType === "TimeField") {
    return { kind: "cast", value: clock.slice(0, 8), type: "time" };
  }
  return { kind: "moment", value: NOW, type: "timestamptz" };
}

function uuid(text: string | undefined): SqlValue | undefined {
  const hex = text?.replaceAll(/[-{}]|urn:uuid:/g, "").toLowerCase();
  return hex !== undefined && /^[\da-f]{32}$/.test(hex) ? { kind: "uuid", hex } : undefined;
}

function preparationOf(field: Field): string {
  const type = field.internalType;
  if (/IntegerField$|AutoField$/.test(type)) return "integer";
  if (/^(?:Char|Text|Slug|File|FilePath|CIText|CIChar|CIEmail)Field$/.test(type)) return "text";
  return type;
}

const BY_TYPE: Readonly<Record<string, Preparation>> = {
  integer: wholeNumber,
  text: (value) => {
    const text = value.kind === "float" ? floatText(value.value) : printed(value);
    return text === undefined ? undefined : { kind: "text", value: text };
  },
  BooleanField: (value) => {
    if (value.kind === "boolean") return value;
    return value.kind === "integer" ? { kind: "boolean", value: value.value !== 0n } : undefined;
  },
  NullBooleanField: (value) => (value.kind === "boolean" ? value : undefined),
  DecimalField: number,
  FloatField: (value) => {
    if (value.kind === "integer") return { kind: "number", text: `${value.value}.0` };
    if (value.kind === "string" && /^-?[\d.]+$/.test(value.value)) {
      return { kind: "number", text: floatText(Number(value.value)) };
    }
    return number(value);
  },
  JSONField: (value) => ({ kind: "cast", value: jsonText(value), type: "jsonb" }),
  ArrayField: array,
  HStoreField: (value) => {
    if (value.kind === "string") return { kind: "text", value: value.value };
    const isEmpty = value.kind === "dict" && value.entries.length === 0;
    return isEmpty ? { kind: "cast", value: "", type: "hstore" } : undefined;
  },
  BinaryField: (value) => {
    if (value.kind !== "bytes") return undefined;
    const hex = Buffer.from(value.value, "latin1").toString("hex");
    return { kind: "cast", value: `\\x${hex}`, type: "bytea" };
  },
  GenericIPAddressField: inet,
  IPAddressField: inet,
  UUIDField: (value) => uuid(textOf(value)),
  DateField: temporal,
  DateTimeField: temporal,
  TimeField: temporal,
};

function inet(value: PythonValue): SqlValue | undefined {
  return value.kind === "string" ? { kind: "cast", value: value.value, type: "inet" } : undefined;
}

function temporal(value: PythonValue, field: Field): SqlValue | undefined {
  return value.kind === "string" ? temporalText(value.value, field.databaseType ?? "") : undefined;
}

function wholeNumber(value: PythonValue): SqlValue | undefined {
  if (value.kind === "integer") return { kind: "number", text: String(value.value) };
  if (value.kind === "boolean") return { kind: "number", text: value.value ? "1" : "0" };
  if (value.kind === "float") return { kind: "number", text: String(Math.trunc(value.value)) };
  if (value.kind === "string" && /^\s*-?\d+\s*$/.test(value.value)) {
    return { kind: "number", text: String(Number(value.value)) };
  }
  return undefined;
}

function number(value: PythonValue): SqlValue | undefined {
  if (value.kind === "integer") return { kind: "number", text: String(value.value) };
  if (value.kind === "float") return { kind: "number", text: floatText(value.value) };
  if (value.kind === "string" && /^-?(?:\d+\.?\d*|\.\d+)$/.test(value.value)) {
    return { kind: "number", text: value.value };
  }
  return undefined;
}

const NEEDS_QUOTES = /^$|[{}",\\\s]|^null$/i;

/** An array literal: elements are quoted only where PostgreSQL needs it. */
function array(value: PythonValue, field: Field): SqlValue | undefined {
  const items = itemsOf(value);
  if (items === undefined) return undefined;
  const base = field.baseField;
  const elements = items.map((item) => {
    const prepared = prepareValue(base, item);
    if (prepared.kind === "number") return prepared.text;
    if (prepared.kind !== "text") throw new Uncompilable(`the default of ${field.name}`, item.span);
    const text = prepared.value;
    return NEEDS_QUOTES.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : text;
  });
  return { kind: "text", value: `{${elements.join(",")}}` };
}
