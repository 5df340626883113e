/** What a run of the check says that it is about, as GitHub keeps it for us in its `external_id`. */
export function aboutPull(pull: number, base: string): string {
  return `pull ${pull} into ${base}`;
}

/** Whether a run is about a pull request, into whatever base. */
export function isAboutPull(about: string, pull: number): boolean {
  return about.startsWith(aboutPull(pull, ""));
}

export function aboutGroup(base: string): string {
  return `merge group on ${base}`;
}

/** Behind what a run is about; a branch's name holds no blank. */
const WORDS = / with words of (\S+)$/;

/**
 * The `external_id` of a run. Nobody but the App writes it, so it also tells when people's words last
 * changed: a checklist comment that somebody put back is older.
 */
export function externalId(about: string, wordsAt: string | undefined): string {
  return wordsAt === undefined ? about : `${about} with words of ${wordsAt}`;
}

/** What `externalId` put together. */
export function readExternalId(id: string): { readonly about: string; readonly wordsAt?: string } {
  const wordsAt = WORDS.exec(id)?.[1];
  return wordsAt === undefined ? { about: id } : { about: id.replace(WORDS, ""), wordsAt };
}

/** The latest time at which words changed, of what runs about a pull request tell; undefined: they tell none. */
export function wordsRecorded(
  runs: readonly { readonly about: string; readonly wordsAt?: string }[],
  pull: number,
): string | undefined {
  return runs
    .flatMap(({ about, wordsAt }) => (isAboutPull(about, pull) ? (wordsAt ?? []) : []))
    .toSorted()
    .at(-1);
}
