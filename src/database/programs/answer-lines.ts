/** Characters of an answer that are read; what sends more is taken to have ended. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** Reads answers from a program's output: lines that begin with a mark. Everything else is passed over. */
export class LineReader {
  readonly #mark: string;
  readonly #waiting: string[] = [];
  #rest = "";
  #size = 0;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(mark: string) {
    this.#mark = mark;
  }

  push(text: string): void {
    if (this.#ended) return;
    this.#size += text.length;
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith(this.#mark)) this.#waiting.push(line.slice(this.#mark.length));
    }
    if (this.#size > MOST_CHARACTERS) this.end();
    else this.#wake?.();
  }

  /** Nothing more comes. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** The next answer; `overdue` when none came in time; undefined when none comes any more. */
  async next(timeoutMs: number): Promise<string | { readonly overdue: true } | undefined> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const line = this.#waiting.shift();
      if (line !== undefined) return line;
      if (this.#ended) return undefined;
      const left = deadline - performance.now();
      if (left <= 0) return { overdue: true };
      await this.#somethingWithin(left);
    }
  }

  #somethingWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
