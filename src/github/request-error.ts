/** The status that GitHub answered with; undefined for anything that is no answer of GitHub's. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== "HttpError" || !("status" in error)) {
    return undefined;
  }
  return typeof error.status === "number" ? error.status : undefined;
}
