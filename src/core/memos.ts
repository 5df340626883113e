import type { Packing } from "./packed-map.ts";

/**
 * What earlier runs worked out and kept, each under a name. What is found is whole and of this very
 * program; whether it still follows from what is there now, whoever asks for it checks.
 */
export interface Memos extends Packing {
  find(name: string): unknown;
  /** Plain values, maps and sets; in the place of what stood under the name. Never throws. */
  keep(name: string, memo: unknown): void;
}
