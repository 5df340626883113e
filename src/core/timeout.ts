const SECONDS: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
  d: 86_400,
};

/**
 * The seconds of a setting such as lock_timeout; a number alone means milliseconds. Undefined where
 * it is no duration. https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES
 */
export function timeoutSeconds(value: string | undefined): number | undefined {
  const [, amount, unit = "ms"] = /^\s*([\d.]+)\s*(us|ms|s|min|h|d)?\s*$/.exec(value ?? "") ?? [];
  return amount === undefined ? undefined : Number(amount) * (SECONDS[unit] ?? 0);
}
