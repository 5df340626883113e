import type { SeriesOfType, ValueSeries } from "./value-series.ts";

/** Texts, by the type's name in the catalog. */
export const TEXT_TYPES: ReadonlyMap<string, SeriesOfType> = new Map<string, SeriesOfType>([
  ["text", () => texts(LONG)],
  ["citext", () => texts(LONG)],
  ["varchar", (modifier) => texts(modifier > 4 ? modifier - 4 : LONG)],
  ["bpchar", (modifier) => texts(modifier > 4 ? modifier - 4 : 1)],
  ["name", () => texts(31)],
  ["char", () => texts(1, "")],
]);

/** A long text that still fits into an index. */
const LONG = 600;

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** What programs stumble over: nothing, spaces, quotes, other scripts, characters of two UTF-16 units. */
const AWKWARD = ["", " a ", 'O\'Brien \\ "quoted"', "Zoë 漢字 \u{1F98A}", "a\nb"];

function texts(most: number, unicode = "é"): ValueSeries {
  const long = `${unicode}${"x".repeat(Math.min(LONG, most) - unicode.length)}`;
  return {
    nth: (n) => textOfLength(n, most),
    extremes: [
      ...AWKWARD.filter((text) => text.length <= most && (unicode !== "" || text === "")),
      long,
    ],
  };
}

/** `Text 7` where that fits, else the number in few letters. */
function textOfLength(n: number, most: number): string {
  const words = `Text ${n + 1}`;
  return words.length <= most ? words : exactText(n, most);
}

/** A text of exactly so many characters; different for each number as far as there are so many. */
export function exactText(n: number, length: number): string {
  let text = "";
  for (let rest = n; text.length < length; rest = Math.floor(rest / LETTERS.length)) {
    text = `${LETTERS[rest % LETTERS.length]}${text}`;
  }
  return text;
}
