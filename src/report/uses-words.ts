import type { NameUses } from "../core/uses.ts";
import { counted } from "./verification-words.ts";

/** Where something is still named, for a person: `src/a.ts:3, src/b.ts:8 and 2 more places`. Untrusted, as paths are. */
export function usesWords({ places, more, partly }: NameUses): string {
  const shown = places.map(({ path, line }) => `${path}:${line}`).join(", ");
  const rest = more === 0 ? "" : ` and ${counted(more, "more place")}`;
  return `${shown}${rest}${partly === true ? " (not every file was searched)" : ""}`;
}
