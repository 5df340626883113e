/** The code of an error of the operating system, `ENOENT`; undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  const coded = typeof error === "object" && error !== null && "code" in error;
  return coded && typeof error.code === "string" ? error.code : undefined;
}
