/** The part of a terminal stream that a progress line needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** ms before anything is shown: what is done by then needs no progress line. */
const PATIENCE_MS = 1000;

/** One line on a terminal that says what is being done; nothing at all where there is no terminal. */
export class ProgressLine implements Disposable {
  readonly #stream: ProgressStream;
  readonly #isOn: boolean;
  readonly #startedAt = performance.now();
  #shown = false;
  #text = "";
  #timer: NodeJS.Timeout | undefined;

  /** A terminal that calls itself dumb cannot take a line back. */
  constructor(stream: ProgressStream, env: Readonly<Record<string, string | undefined>>) {
    this.#stream = stream;
    this.#isOn = stream.isTTY === true && env["TERM"] !== "dumb";
  }

  /** Says what is done now. */
  say(text: string): void {
    if (!this.#isOn) return;
    this.#text = text;
    const wait = PATIENCE_MS - (performance.now() - this.#startedAt);
    if (wait <= 0) this.#show();
    else this.#timer ??= setTimeout(() => this.#show(), wait).unref();
  }

  /** Takes the line off the screen. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    if (this.#shown) this.#stream.write("\r\u001b[K");
  }

  #show(): void {
    const width = (this.#stream.columns || 80) - 1;
    // Control characters in a file's name must not move the cursor.
    const line = this.#text.replaceAll(/\p{Cc}/gu, "?").slice(0, width);
    this.#stream.write(`\r\u001b[K${line}`);
    this.#shown = true;
  }
}
