const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A number and its unit: `500ms`, `10s`, `1.5m`, `1h`. */
export const DURATION = /^(\d{1,8}(?:\.\d{1,3})?)(ms|s|m|h)$/;

/** The longest duration that a limit may have, in ms. */
export const LONGEST_MS = 24 * UNITS.h;

/** A duration in ms; undefined when the text is none, or not between 1 ms and 24 hours. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  const unit = match?.[2];
  if (match === null || !isUnit(unit)) return undefined;
  const ms = Math.round(Number(match[1]) * UNITS[unit]);
  return ms >= 1 && ms <= LONGEST_MS ? ms : undefined;
}

function isUnit(unit: string | undefined): unit is keyof typeof UNITS {
  return unit !== undefined && Object.hasOwn(UNITS, unit);
}
