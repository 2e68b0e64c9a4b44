/** Keeps the last bytes that went by, for the error that may follow. */
export interface Tail {
  push(bytes: Uint8Array): void;
  bytes(): Uint8Array;
}

/** A tail of the last `chunks` pieces, cut to `limit` bytes when asked for: pushing costs next to nothing. */
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
