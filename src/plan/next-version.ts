/** A time as migration tools write it in 14 digits. */
const TIME = /^((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;

/**
 * The version that comes after another, in as many digits: a second later where it is a time in 14
 * digits, else the next number. Undefined where the version is no number.
 */
export function nextVersion(version: string): string | undefined {
  if (!/^\d+$/.test(version)) return undefined;
  return nextTime(version) ?? String(BigInt(version) + 1n).padStart(version.length, "0");
}

function nextTime(version: string): string | undefined {
  const [, year, month, day, hour, minute, second] = TIME.exec(version) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time)) return undefined;
  return new Date(time + 1000).toISOString().slice(0, 19).replaceAll(/\D/g, "");
}
