import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";

import { WireReply } from "../../src/database/wire-reply.ts";

function message(type: string, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(5);
  header.write(type, "latin1");
  header.writeUInt32BE(bytes.length + 4, 1);
  return Buffer.concat([header, bytes]);
}

function row(...fields: readonly (string | null)[]): Buffer {
  const parts = fields.map((field) => {
    const length = Buffer.alloc(4);
    const bytes = Buffer.from(field ?? "");
    length.writeInt32BE(field === null ? -1 : bytes.length);
    return Buffer.concat([length, bytes]);
  });
  const count = Buffer.alloc(2);
  count.writeUInt16BE(fields.length);
  return message("D", Buffer.concat([count, ...parts]));
}

const READY = message("Z", "I");

function read(bytes: Buffer, options = { keepRows: true }, size = bytes.length): WireReply {
  const reply = new WireReply(options);
  for (let at = 0; at < bytes.length; at += size) reply.push(bytes.subarray(at, at + size));
  return reply;
}

describe("WireReply", () => {
  it("reads rows of text and nulls, however the stream was cut", () => {
    const fields = fc.array(fc.option(fc.string({ unit: "grapheme" })), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(fields, { maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, cut) => {
          const bytes = Buffer.concat([...rows.map((one) => row(...one)), READY]);
          expect(read(bytes, { keepRows: true }, cut).rows).toEqual(rows);
        },
      ),
    );
  });

  it("counts statements that ended, an empty one too, and tells the transaction's state", () => {
    const bytes = [message("C", "SELECT 1\0"), message("I", ""), message("Z", "T")];
    expect(read(Buffer.concat(bytes))).toMatchObject({ completed: 2, status: "in-transaction" });
  });

  it("has no status while the server has not said that it is ready", () => {
    expect(read(message("C", "SELECT 1\0")).status).toBeUndefined();
  });

  it("reads the first error and its place, counted from 0", () => {
    const first = 'SERROR\0C42P01\0Mrelation "é" does not exist\0Dd\0Hh\0P8\0\0';
    const reply = read(Buffer.concat([message("E", first), message("E", "Msecond\0\0"), READY]));
    expect(reply.error).toEqual({
      message: 'relation "é" does not exist',
      code: "42P01",
      detail: "d",
      hint: "h",
      offset: 7,
    });
  });

  it("is not failed by what the server says after it, as it ends the session", () => {
    const end = message("E", "SFATAL\0Mterminating connection\0\0");
    const reply = read(Buffer.concat([row("1"), message("C", "SELECT 1\0"), READY, end]));
    expect(reply).toMatchObject({ status: "idle", completed: 1, rows: [["1"]], error: undefined });
  });

  it("cuts an error of any length", () => {
    const reply = read(Buffer.concat([message("E", `M${"x".repeat(200_000)}`), READY]));
    expect(reply.error?.message).toHaveLength(8_000);
    expect(reply.status).toBe("idle");
  });

  it("keeps no rows that nobody asked for, and no notices", () => {
    const notice = message("N", `M${"x".repeat(100_000)}\0\0`);
    const reply = read(Buffer.concat([notice, row("x".repeat(100_000)), READY]), {
      keepRows: false,
    });
    expect(reply).toMatchObject({ rows: [], overflow: false, status: "idle" });
  });

  it("gives up on rows that are too many bytes together", () => {
    const reply = new WireReply({ keepRows: true });
    const megabyte = row("x".repeat(1024 * 1024));
    for (let count = 0; count < 40; count += 1) reply.push(megabyte);
    reply.push(READY);
    expect(reply).toMatchObject({ overflow: true, status: "idle" });
    expect(reply.rows.length).toBeLessThan(40);
  });
});
