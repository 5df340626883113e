/**
 * Whether a path matches a glob. `*` stands for any characters of one segment, `?` for one of them,
 * `**` as a whole segment for any number of segments, none included; a glob that ends in `/` means
 * everything below that folder. Every other character stands for itself.
 *
 * Both texts are walked once, with a return to the last star only, so that no glob is slow.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const pattern = glob.endsWith("/") ? `${glob}**` : glob;
  return matches(path.split("/"), pattern.split("/"), "**", matchesSegment);
}

function matchesSegment(segment: string, pattern: string): boolean {
  return matches(
    Array.from(segment),
    Array.from(pattern),
    "*",
    (one, other) => other === "?" || one === other,
  );
}

/** Matches items against patterns of which `star` takes any number of items. */
function matches(
  items: readonly string[],
  patterns: readonly string[],
  star: string,
  fits: (item: string, pattern: string) => boolean,
): boolean {
  let item = 0;
  let pattern = 0;
  let afterStar = -1;
  let retryAt = 0;
  while (item < items.length) {
    const wanted = patterns[pattern];
    if (wanted === star) {
      afterStar = pattern += 1;
      retryAt = item;
    } else if (wanted !== undefined && fits(items[item] ?? "", wanted)) {
      item += 1;
      pattern += 1;
    } else if (afterStar >= 0) {
      // The last star takes one item more.
      retryAt += 1;
      item = retryAt;
      pattern = afterStar;
    } else {
      return false;
    }
  }
  return patterns.slice(pattern).every((rest) => rest === star);
}
