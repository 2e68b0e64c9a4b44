import { randomInt } from 'node:crypto';

/** Numbers in [0, 1). Injected, so that ids of a run can be repeated from its seed. */
export type Random = () => number;

const STEPS = 2 ** 32;

export const systemRandom: Random = () => randomInt(STEPS) / STEPS;

/** A whole number from 0 to `bound` - 1. */
export const below = (random: Random, bound: number): number => Math.floor(random() * bound);

/** `length` bytes. */
export const randomBytes = (random: Random, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => below(random, 256));

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` letters and digits. */
export const randomName = (random: Random, length: number): string =>
  Array.from({ length }, () => ALPHANUMERICS[below(random, ALPHANUMERICS.length)]).join('');

/**
 * Message ids: they begin anywhere and count on, so that none comes twice within 247 s at the pace of a
 * bench (RFC 7252 §4.4).
 */
export function createMessageIds(random: Random): () => number {
  let next = below(random, 0x10000);
  return () => {
    const id = next;
    next = (next + 1) % 0x10000;
    return id;
  };
}
