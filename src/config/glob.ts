import { fitsPatterns, fitsWildcard } from "../core/wildcard.ts";

/**
 * Whether a path matches a glob. `*` stands for any characters of one segment, `?` for one of them,
 * `**` as a whole segment for any number of segments, none included; a glob that ends in `/` means
 * everything below that folder. Every other character stands for itself.
 *
 * Both texts are walked once, with a return to the last star only, so that no glob is slow.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const pattern = glob.endsWith("/") ? `${glob}**` : glob;
  return fitsPatterns(path.split("/"), pattern.split("/"), "**", fitsWildcard);
}

/** The folder that everything lies in that a glob can match: its segments before the first with a wildcard. */
export function fixedFolder(glob: string): string {
  const segments = glob.split("/").slice(0, -1);
  const wild = segments.findIndex((segment) => /[*?]/.test(segment));
  return segments.slice(0, wild < 0 ? segments.length : wild).join("/");
}
