import { below, type Random } from './random.ts';

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
