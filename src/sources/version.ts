/** Compares two texts of digits as numbers of any size; a 17-digit timestamp is past what a double holds. */
export function compareNumbers(a: string, b: string): number {
  const left = canonicalNumber(a);
  const right = canonicalNumber(b);
  return left.length - right.length || compareText(left, right);
}

/** A number without leading zeros: equal for `007` and `7`. */
export function canonicalNumber(digits: string): string {
  return digits.replace(/^0+(?=.)/, "");
}

/** Compares versions of several numbers, part by part; a part that is not there counts as 0. */
export function compareDotted(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = compareNumbers(a[index] ?? "0", b[index] ?? "0");
    if (order !== 0) return order;
  }
  return 0;
}

/** Compares by code unit, as runners do that sort bytes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
