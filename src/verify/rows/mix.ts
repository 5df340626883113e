/** A number from 0 up to `below` that looks like chance and is the same on every run. */
export function mix(below: number, ...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return below < 1 ? 0 : (hash >>> 0) % below;
}
