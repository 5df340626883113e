/** What is to be said where the server is of another major version than production's. */
export function otherVersion(version: string, production: readonly number[]): string[] {
  const major = Number.parseInt(version, 10);
  const others = production.filter((one) => one !== major);
  if (others.length === 0) return [];
  return [
    `Production runs PostgreSQL ${others.join(" and ")}, and this ran on ${version}: what is different there is not observed.`,
  ];
}
