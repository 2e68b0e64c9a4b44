/** Keeps the last bytes of a stream, for an error that may follow. */
export interface Tail {
  push(bytes: Uint8Array): void;
  bytes(): Uint8Array;
}

/** Keeps the last `chunks` chunks, and returns at most `limit` bytes of them; `push` is cheap. */
export function createTail(limit: number, chunks = 64): Tail {
  const kept: Uint8Array[] = [];
  return {
    push(bytes) {
      kept.push(bytes);
      if (kept.length > chunks) kept.shift();
    },
    bytes: () => Uint8Array.from(Buffer.concat(kept).subarray(-limit)),
  };
}
