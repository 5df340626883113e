/** A float as Python's `repr` writes it. */
export function floatText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  const text = String(value);
  const match = /^(-?[\d.]+)e([+-])(\d+)$/.exec(text);
  if (match === null) return text;
  const [, digits = "", sign = "", exponent = ""] = match;
  return `${digits}e${sign}${exponent.padStart(2, "0")}`;
}
