import type { Folder } from "./folder.ts";

/** The nearest manifest of a name, in the folder or above it, whose text a test accepts. */
export function nearestManifest(
  folder: Folder,
  file: string,
  accepts: (text: string) => boolean,
): { readonly folder: Folder; readonly text: string } | undefined {
  for (const above of folder.upwards()) {
    const text = above.textIfAny(file);
    if (text !== undefined && accepts(text)) return { folder: above, text };
  }
  return undefined;
}

/**
 * Whether a folder of numbered files belongs to a Rust crate that uses SQLx. `1_a.up.sql` is also
 * how golang-migrate names its files, so the nearest manifest decides.
 */
export function isOfSqlxCrate(folder: Folder): boolean {
  for (const above of folder.upwards()) {
    if (/\bsqlx\b/.test(above.textIfAny("Cargo.toml") ?? "")) return true;
    if (above.files.includes("go.mod")) return false;
  }
  return false;
}

/** Whether an npm package around a folder depends on another. */
export function dependsOn(folder: Folder, dependency: string): boolean {
  return (
    nearestManifest(folder, "package.json", (text) => text.includes(`"${dependency}"`)) !==
    undefined
  );
}

/** Texts of the first and the last few of a folder's files: enough to tell by which marks they are written. */
export function sampleTexts(folder: Folder, files: readonly string[]): string[] {
  const sample = new Set([...files.slice(0, 2), ...files.slice(-2)]);
  return [...sample].flatMap((file) => folder.textIfAny(file) ?? []);
}
