import { updatePeriod } from './enrolment.ts';
import type { StateStory } from './state-watch.ts';
import type { Wait } from './story-events.ts';

/**
 * The longest times of known clients, s of network time (CMDMP.md): to give up a request (§2.3: T = 10 s, five
 * transmissions), to try again (§2.5: 10 minutes), from network registration to the request to register, and from an
 * answer to the state it causes (a client may update its state once a second).
 */
export const GIVES_UP_S = 330;
/** The shortest time in which a known client gives a registration up, s (§2.3: XY's four transmissions). */
export const GIVES_UP_LEAST_S = 40;
export const TRIES_AGAIN_S = 660;
export const REGISTERS_S = 90;
export const SHOWS_S = 10;

/** From a registration to the last resource read, s of network time: thirteen exchanges over a slow network. */
export const READS_S = 60;

/** One and a half lifetimes, s of network time: a late update is measured, not cut off. */
export const UPDATES_S = 1.5 * updatePeriod;

/** The wait for the first registration of a story. */
export const forRegistration = ({ after }: StateStory): Wait => ({
  networkS: REGISTERS_S,
  after,
  what: 'a registration',
});

/** The wait for the registration of a client that tries again. */
export const forAnotherRegistration = ({ number }: { readonly number: number }): Wait => ({
  networkS: TRIES_AGAIN_S,
  after: number,
  what: 'another registration',
});

/** The wait for an update after this event. */
export const forUpdate = ({ number }: { readonly number: number }): Wait => ({
  networkS: UPDATES_S,
  after: number,
  what: 'an update',
});

/**
 * The longest that a story with these waits may take, s of network time: a correct module may use each of them up, so
 * the deadline of a story must be their sum.
 */
export const sumOf = (...waits: readonly number[]): number => waits.reduce((sum, wait) => sum + wait, 0);
