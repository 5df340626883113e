import type { FailedQuery } from "./messages.ts";

const encoder = new TextEncoder();

/** It ends a `COPY … FROM STDIN`, which would wait for rows, and is ignored otherwise. */
const COPY_FAIL = wireMessage("f", "there are no rows to copy here");

/** What a server says of a query string that its protocol cannot carry. */
export const NUL_IN_QUERY: FailedQuery["error"] = {
  code: "22021",
  message: 'invalid byte sequence for encoding "UTF8": 0x00',
};

/**
 * One query string in PostgreSQL's simple query protocol, under which several statements are one
 * implicit transaction: https://www.postgresql.org/docs/current/protocol-flow.html
 */
export function simpleQuery(sql: string): Buffer {
  return Buffer.concat([wireMessage("Q", sql), COPY_FAIL]);
}

/** A frontend message that holds one string. */
function wireMessage(type: "Q" | "f", text: string): Buffer {
  const body = encoder.encode(text);
  const message = Buffer.alloc(1 + 4 + body.length + 1);
  message.write(type, 0, "latin1");
  message.writeUInt32BE(4 + body.length + 1, 1);
  message.set(body, 5);
  return message;
}
