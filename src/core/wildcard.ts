/**
 * Whether items fit patterns of which `star` takes any number of items. Both are walked once, with a
 * return to the last star only, so that no pattern is slow.
 */
export function fitsPatterns(
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

/** Whether a text is what a pattern says: `*` stands for any characters, `?` for one of them. */
export function fitsWildcard(text: string, pattern: string): boolean {
  return fitsPatterns(
    Array.from(text),
    Array.from(pattern),
    "*",
    (one, other) => other === "?" || one === other,
  );
}
