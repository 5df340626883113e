/** Something that the person who runs the program can mend: shown as one line and a hint, without a stack. */
export class UserError extends Error {
  readonly hint: string | undefined;
  /** 2: the usage or the configuration is wrong. 3: the work could not be done. */
  readonly exitCode: 2 | 3;

  constructor(message: string, options: { hint?: string; exitCode?: 2 | 3 } = {}) {
    super(message);
    this.name = "UserError";
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? 2;
  }
}
