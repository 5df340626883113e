/** The commands of the program. */
export const COMMANDS = [
  "check",
  "lint",
  "verify",
  "explain",
  "rules",
  "init",
  "serve",
  "help",
  "version",
] as const;
export type Command = (typeof COMMANDS)[number];
