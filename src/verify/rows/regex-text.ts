/**
 * A text that a regular expression of the usual kind accepts; `n` chooses among several. Undefined
 * where it holds what is not followed here: references back and look-around.
 */
export function regexText(pattern: string, n: number): string | undefined {
  const reader = new PatternReader(pattern, n);
  const text = reader.alternatives();
  return reader.isDone ? text : undefined;
}

const CLASSES: Readonly<Record<string, string>> = {
  d: "5",
  w: "a",
  s: " ",
  D: "a",
  W: "-",
  S: "a",
};
const NAMED: Readonly<Record<string, string>> = {
  alpha: "a",
  alnum: "a",
  digit: "5",
  lower: "a",
  upper: "A",
  space: " ",
  xdigit: "a",
  punct: "-",
};
/** Candidates for a class that says what it does not hold. */
const OTHERS = ["a", "5", "-", "_", " ", "A", ".", "@", "!"];
const MOST_REPEATS = 64;

class PatternReader {
  readonly #pattern: string;
  readonly #choice: number;
  #at = 0;

  constructor(pattern: string, choice: number) {
    this.#pattern = pattern;
    this.#choice = choice;
  }

  get isDone(): boolean {
    return this.#at >= this.#pattern.length;
  }

  alternatives(): string {
    const texts = [this.#sequence()];
    while (this.#take("|")) texts.push(this.#sequence());
    return texts[this.#choice % texts.length] ?? "";
  }

  #sequence(): string {
    let text = "";
    while (!this.isDone && this.#peek !== "|" && this.#peek !== ")") {
      const atom = this.#atom();
      if (atom === undefined) return text;
      text += atom.repeat(this.#repeats());
    }
    return text;
  }

  /** Undefined, without moving on, for what is not followed. */
  #atom(): string | undefined {
    if (this.#take("^") || this.#take("$")) return "";
    if (this.#take(".")) return "a";
    if (this.#peek === "[") return this.#bracket();
    if (this.#peek === "(") return this.#group();
    if (!this.#take("\\")) return this.#next();
    const escaped = this.#next();
    if (/[1-9]/.test(escaped)) this.#at -= 2;
    if (/[mMyYAZ]/.test(escaped)) return "";
    return /[1-9]/.test(escaped) ? undefined : (CLASSES[escaped] ?? escaped);
  }

  #group(): string | undefined {
    const special = /^\(\?[^:]/.test(this.#pattern.slice(this.#at));
    if (special) return undefined;
    this.#at += this.#pattern.startsWith("(?:", this.#at) ? 3 : 1;
    const text = this.alternatives();
    return this.#take(")") ? text : undefined;
  }

  #bracket(): string | undefined {
    const match = /^\[(\^?)(\]?(?:\[:\w+:\]|\\.|[^\]\\])*)\]/.exec(this.#pattern.slice(this.#at));
    if (match === null) return undefined;
    this.#at += match[0].length;
    const members = membersOf(match[2] ?? "");
    if (match[1] !== "^") return members[this.#choice % Math.max(1, members.length)] ?? "";
    return OTHERS.find((one) => !members.includes(one)) ?? "z";
  }

  #repeats(): number {
    let least = 1;
    if (this.#take("?")) least = this.#choice % 2;
    else if (this.#take("*")) least = this.#choice;
    else if (this.#take("+")) least = 1 + this.#choice;
    else {
      const match = /^\{(\d+)(?:,(\d*))?\}/.exec(this.#pattern.slice(this.#at));
      if (match !== null) this.#at += match[0].length;
      least = Number(match?.[1] ?? 1);
    }
    // The mark of a repetition that takes little.
    this.#take("?");
    return Math.min(MOST_REPEATS, least);
  }

  get #peek(): string {
    return this.#pattern[this.#at] ?? "";
  }

  #next(): string {
    const character = this.#peek;
    this.#at += 1;
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek !== character) return false;
    this.#at += 1;
    return true;
  }
}

/** One character for each part of a class, the first of a range. */
function membersOf(text: string): string[] {
  return [...text.matchAll(/\[:(\w+):\]|\\(.)|(.)-(.)|(.)/gs)].flatMap(
    ([, named, escaped, first, last, single]) => {
      if (named !== undefined) return NAMED[named] ?? [];
      if (escaped !== undefined) return CLASSES[escaped] ?? escaped;
      return first === undefined ? (single ?? []) : last === undefined ? [first] : [first, last];
    },
  );
}
