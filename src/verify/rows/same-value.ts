/**
 * Whether a value is what it was, given as texts with the types before and after. A value in another
 * type is the same when it says the same: `1` and `1.0`, a day and its midnight, true and `t`.
 */
export function isSameValue(
  before: string | null,
  after: string | null,
  [type, newType]: readonly [string, string],
): boolean {
  if (before === after) return true;
  if (before === null || after === null) return false;
  if (type.startsWith("json") && newType.startsWith("json"))
    return canonical(before) === canonical(after);
  if (type === newType) return false;
  return plain(before) === plain(after);
}

/** JSON without white space, with its keys in order; what is no JSON as it is. */
function canonical(text: string): string {
  try {
    return JSON.stringify(inOrder(JSON.parse(text)));
  } catch {
    return text;
  }
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}

const WORDS: Readonly<Record<string, string>> = { t: "true", f: "false" };

/** What the texts of several types have in common. */
function plain(text: string): string {
  if (Object.hasOwn(WORDS, text)) return WORDS[text] ?? text;
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  const moment = /^(\d{4,}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d(?:\.\d+)?))?(?:\+00)?$/.exec(text);
  if (moment !== null) return `${moment[1]} ${moment[2] ?? "00:00:00"}`;
  return text.trimEnd();
}
