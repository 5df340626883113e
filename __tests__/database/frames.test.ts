import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";

import { encodeFrame, FrameReader, MAX_FRAME_BYTES } from "../../src/database/frames.ts";

/** Feeds a text of bytes in pieces of the given sizes, over and over. */
function feed(reader: FrameReader, bytes: Buffer, sizes: readonly number[]): unknown[] {
  const values: unknown[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    values.push(...reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return values;
}

/** JSON has no negative zero. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe("frames", () => {
  it("come back as they went, however the stream was cut", () => {
    const values = fc.array(fc.jsonValue(), { maxLength: 5 });
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, sizes, (sent, cuts) => {
        const stream = Buffer.concat(sent.map(encodeFrame));
        expect(feed(new FrameReader(), stream, cuts)).toEqual(sent.map(asJson));
      }),
    );
  });

  it("are refused when they announce more than the limit, before the bytes are there", () => {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(MAX_FRAME_BYTES + 1);
    expect(() => new FrameReader().push(header)).toThrow("too long");
  });

  it("are refused when they are not JSON", () => {
    const frame = Buffer.concat([Buffer.from([0, 0, 0, 2]), Buffer.from("{x")]);
    expect(() => new FrameReader().push(frame)).toThrow(SyntaxError);
  });
});
