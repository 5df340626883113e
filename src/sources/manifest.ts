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
 * The manifest of the Rust crate that a folder of numbered files belongs to, when that uses SQLx.
 * `1_a.up.sql` is also how golang-migrate names its files, so the nearest manifest decides.
 */
export function sqlxManifest(folder: Folder): string | undefined {
  for (const above of folder.upwards()) {
    const text = above.textIfAny("Cargo.toml");
    if (text !== undefined && /\bsqlx\b/.test(text)) return text;
    if (above.files.includes("go.mod")) return undefined;
  }
  return undefined;
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
