import { randomInt } from 'node:crypto';

/** Numbers in [0, 1). Tests inject a seeded source, so that tokens, ids and names repeat. */
export type Random = () => number;

const STEPS = 2 ** 32;

export const systemRandom: Random = () => randomInt(STEPS) / STEPS;

/** A whole number from 0 to `bound` - 1. */
export const below = (random: Random, bound: number): number => Math.floor(random() * bound);

export const randomBytes = (random: Random, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => below(random, 256));

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const randomName = (random: Random, length: number): string =>
  Array.from({ length }, () => ALPHANUMERICS[below(random, ALPHANUMERICS.length)]).join('');

/**
 * Returns a counter of message ids with a random start. No id repeats within 247 s (RFC 7252 §4.4): a module
 * causes far fewer than 65,536 messages in that time.
 */
export function createMessageIds(random: Random): () => number {
  let next = below(random, 0x10000);
  return () => {
    const id = next;
    next = (next + 1) % 0x10000;
    return id;
  };
}
