import * as z from "zod";
import { nearest } from "../core/nearest.ts";

const MAX_LENGTH = 1000;

/** What zod hands to the function that words an error. */
interface Fault {
  readonly input?: unknown;
}

/** A text of the file, short enough for a message and without characters that a terminal obeys. */
export function quoted(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(/[\p{Cc}\p{Cf}]/gu, "\u{fffd}");
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** Words an error as what should be there and what is. */
export function expected(what: string): (fault: Fault) => string {
  return ({ input }) =>
    input === undefined ? `missing; expected ${what}` : `expected ${what}; found ${quoted(input)}`;
}

/** Words an error as the values that are allowed, the nearest one named. */
export function oneOf(values: readonly string[]): (fault: Fault) => string {
  return among(listed(values), values);
}

/** Words an error as what should be there, too many to list, and the nearest one. */
export function among(what: string, values: readonly string[]): (fault: Fault) => string {
  return ({ input }) => {
    const near = typeof input === "string" ? nearest(input, values) : undefined;
    return `${expected(what)({ input })}${meant(near)}`;
  };
}

/** One of these words. */
export function choice<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, { error: oneOf(words) });
}

/** A list, of bounded length. `what` words the whole of it. */
export function list<Item extends z.ZodType>(item: Item, what: string) {
  return z
    .array(item, { error: expected(what) })
    .max(MAX_LENGTH, { error: () => `expected at most ${MAX_LENGTH} entries` });
}

/** One of a thing, or a list of at least one. */
export function oneOrMore<Item extends z.ZodType>(item: Item, what: string) {
  const both = `${what}, or a list of them`;
  return z.union([item, list(item, both).min(1, { error: expected(both) })], {
    error: expected(both),
  });
}

/**
 * An object of which every key is known. `later` are keys that a later version has; `noun` is what a
 * key stands for.
 */
export function keyed<Shape extends Readonly<Record<string, z.ZodType>>>(
  what: string,
  shape: Shape,
  noun = "key",
) {
  return z.strictObject(shape, {
    error: (fault) =>
      fault.code === "unrecognized_keys"
        ? unknownKey(String(fault.keys[0]), Object.keys(shape), noun)
        : expected(what)(fault),
  });
}

function unknownKey(key: string, known: readonly string[], noun: string): string {
  const near = nearest(key, known);
  const hint = near === undefined && known.length <= 16 ? `; known are ${listed(known)}` : "";
  return `unknown ${noun} ${quoted(key)}${meant(near)}${hint}`;
}

function meant(near: string | undefined): string {
  return near === undefined ? "" : `; did you mean ${quoted(near)}?`;
}

function listed(values: readonly string[]): string {
  return values.length < 2
    ? values.join("")
    : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
}
