/** Longest frame in bytes that either side takes; a longer one is never kept in memory. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const HEADER_BYTES = 4;

/** One value as it crosses the pipe: its length in bytes (32 bit, big endian), then JSON. */
export function encodeFrame(value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value), "utf8");
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}

/** Cuts a stream of bytes into the values that were framed on the other side. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  /**
   * Takes the next bytes and answers every value that is now complete.
   *
   * Throws an Error for a frame that is too long or is not JSON; the stream is of no use after that.
   */
  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const values: unknown[] = [];
    for (let body = this.#next(); body !== undefined; body = this.#next()) {
      values.push(JSON.parse(body.toString("utf8")));
    }
    return values;
  }

  #next(): Buffer | undefined {
    if (this.#length < HEADER_BYTES) return undefined;
    const bodyLength = this.#joined(HEADER_BYTES).readUInt32BE();
    if (bodyLength > MAX_FRAME_BYTES) throw new Error(`a frame of ${bodyLength} bytes is too long`);
    const end = HEADER_BYTES + bodyLength;
    if (this.#length < end) return undefined;
    const joined = this.#joined(end);
    this.#chunks = joined.length > end ? [joined.subarray(end)] : [];
    this.#length -= end;
    return joined.subarray(HEADER_BYTES, end);
  }

  /** The bytes so far in one piece; chunks are joined only when at least `wanted` bytes are there. */
  #joined(wanted: number): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && (first.length >= wanted || this.#chunks.length === 1)) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
