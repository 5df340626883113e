/** Folders and names by which the common frameworks of tests find theirs. */
const FOLDER = /(?:^|\/)(?:__tests__|tests?|specs?|e2e|features|t)\//i;
const NAME =
  /(?:[._-](?:test|spec)s?\.[a-z]+|(?:^|\/)test_[^/]*\.py|_(?:test|spec)\.[a-z]+|Tests?\.[a-z]+|\.feature|\.bats)$/;

/** Whether a file is one of tests, told from its path. */
export function isTestPath(path: string): boolean {
  return NAME.test(path) || (FOLDER.test(path) && /\.[a-z]+$/i.test(path));
}
