/** What one waits for with a deadline: an answer, or that there will be none. */
export class Arrival {
  #wake: (() => void) | undefined;

  /** Something came: who waits looks. */
  tell(): void {
    this.#wake?.();
  }

  /** Resolves when something came, or at the deadline (ms, as `performance.now` counts). */
  until(deadline: number): Promise<void> {
    return new Promise((resolve) => {
      // When this program itself was busy past the deadline, answers may wait in the pipe: timers
      // come first in Node's event loop, then the pipe, then setImmediate.
      const expired = (): void => void setImmediate(wake);
      const timer = setTimeout(expired, Math.max(0, deadline - performance.now()) + 1);
      const wake = (): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = wake;
    });
  }
}
