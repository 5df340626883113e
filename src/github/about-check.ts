/** What a run of the check says that it is about, as GitHub keeps it for us in its `external_id`. */
export function aboutPull(pull: number, base: string): string {
  return `pull ${pull} into ${base}`;
}

/** Whether a run is about a pull request, into whatever base. */
export function isAboutPull(externalId: string, pull: number): boolean {
  return externalId.startsWith(aboutPull(pull, ""));
}

export function aboutGroup(base: string): string {
  return `merge group on ${base}`;
}
