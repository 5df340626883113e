/**
 * A whole number with its thousands apart: 1,234,567. Number's own toLocaleString loads the data of
 * every language first, which costs more than a small report.
 */
export function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
