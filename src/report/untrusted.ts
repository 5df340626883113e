import { plainBlock, plainLine, shortened } from "./plain.ts";
import { redact } from "./redact.ts";

/** The longest message that a report shows, in UTF-16 units. */
const LONGEST = 2000;

/** An untrusted text as one line that can be shown: secrets redacted, nothing in it acts, of bounded length. */
export function untrustedLine(text: string, longest = LONGEST): string {
  return shortened(plainLine(redact(text.slice(0, 4 * longest))), longest);
}

/** The same of a text with several lines, which are kept. */
export function untrustedBlock(text: string, longest = LONGEST): string {
  return shortened(plainBlock(redact(text.slice(0, 4 * longest))), longest);
}
