import type { FailedQuery } from "./messages.ts";

/** Bytes of rows that one query of ours may answer with. */
const MAX_ROW_BYTES = 32 * 1024 * 1024;
/** Bytes of an error message that are read; the rest is passed over. */
const MAX_ERROR_BYTES = 64 * 1024;
/** Characters of each text of an error that are kept. */
const MAX_ERROR_TEXT = 8_000;

const HEADER_BYTES = 5;

/**
 * Reads what the server sends for one simple query, in PostgreSQL's wire protocol
 * (https://www.postgresql.org/docs/current/protocol-message-formats.html), as it comes: an answer
 * of any size is counted, and only rows that were asked for and the first error are kept.
 */
export class WireReply {
  /** Statements that ended well, an empty query string included. */
  completed = 0;
  /** The server said that it is ready for the next query, and in which transaction state. */
  status: "idle" | "in-transaction" | "failed-transaction" | undefined;
  error: FailedQuery["error"] | undefined;
  /** Rows were left out as there were too many bytes of them. */
  overflow = false;
  readonly rows: (string | null)[][] = [];

  readonly #keepRows: boolean;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerLength = 0;
  #bodyLeft = 0;
  #body: Buffer[] = [];
  #bodyRoom = 0;
  #rowBytes = 0;

  constructor(options: { readonly keepRows: boolean }) {
    this.#keepRows = options.keepRows;
  }

  /** Takes the next bytes; the array may be reused by the caller afterwards. */
  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#headerLength < HEADER_BYTES) {
        this.#header[this.#headerLength] = bytes[at] ?? 0;
        this.#headerLength += 1;
        at += 1;
        if (this.#headerLength === HEADER_BYTES) this.#begin();
      } else {
        const taken = Math.min(this.#bodyLeft, bytes.length - at);
        this.#keep(bytes.subarray(at, at + taken));
        this.#bodyLeft -= taken;
        at += taken;
      }
      if (this.#headerLength === HEADER_BYTES && this.#bodyLeft === 0) this.#end();
    }
  }

  /** A message begins: how much of its body is worth keeping? */
  #begin(): void {
    this.#bodyLeft = Math.max(0, this.#header.readUInt32BE(1) - 4);
    this.#bodyRoom = 0;
    const type = this.#type();
    if (type === "E" && this.error === undefined) this.#bodyRoom = MAX_ERROR_BYTES;
    if (type === "Z") this.#bodyRoom = 1;
    if (type === "D" && this.#keepRows) {
      this.#rowBytes += this.#bodyLeft;
      if (this.#rowBytes > MAX_ROW_BYTES) this.overflow = true;
      else this.#bodyRoom = this.#bodyLeft;
    }
  }

  #keep(bytes: Uint8Array): void {
    const kept = bytes.subarray(0, this.#bodyRoom);
    if (kept.length > 0) this.#body.push(Buffer.from(kept));
    this.#bodyRoom -= kept.length;
  }

  #end(): void {
    const body = Buffer.concat(this.#body);
    switch (this.#type()) {
      case "C": // CommandComplete
      case "I": // EmptyQueryResponse
        this.completed += 1;
        break;
      case "D":
        if (this.#keepRows && !this.overflow) this.rows.push(readRow(body));
        break;
      case "E":
        // What comes after the answer says why the session ends, and is not of this query.
        if (this.status === undefined) this.error ??= readError(body);
        break;
      case "Z":
        this.status = readStatus(body);
        break;
      default:
    }
    this.#headerLength = 0;
    this.#body = [];
  }

  #type(): string {
    return String.fromCharCode(this.#header[0] ?? 0);
  }
}

function readRow(body: Buffer): (string | null)[] {
  const fields: (string | null)[] = [];
  let at = 2;
  for (let left = body.readUInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at);
    at += 4;
    if (length < 0) {
      fields.push(null);
    } else {
      fields.push(body.toString("utf8", at, at + length));
      at += length;
    }
  }
  return fields;
}

/** Fields of an ErrorResponse: https://www.postgresql.org/docs/current/protocol-error-fields.html */
function readError(body: Buffer): FailedQuery["error"] {
  const fields = new Map<string, string>();
  for (let at = 0; at < body.length && body[at] !== 0;) {
    const zero = body.indexOf(0, at + 1);
    const end = zero < 0 ? body.length : zero;
    const text = body.toString("utf8", at + 1, end);
    fields.set(String.fromCharCode(body[at] ?? 0), text.slice(0, MAX_ERROR_TEXT));
    at = end + 1;
  }
  const position = Number(fields.get("P"));
  const code = fields.get("C");
  const detail = fields.get("D");
  const hint = fields.get("H");
  return {
    message: fields.get("M") ?? "an error without a message",
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
    // PostgreSQL counts characters of the query string from 1.
    ...(position > 0 ? { offset: position - 1 } : {}),
  };
}

function readStatus(body: Buffer): WireReply["status"] {
  const status = { I: "idle", T: "in-transaction", E: "failed-transaction" } as const;
  return status[body.toString("latin1", 0, 1) as keyof typeof status];
}
