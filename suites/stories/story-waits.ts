import { updatePeriod } from './enrolment.ts';
import type { StateStory } from './state-watch.ts';
import type { Wait } from './story-events.ts';

/**
 * The longest that known clients take, s of network time (CMDMP.md): to give a request up (§2.3: T =
 * 10 s, five transmissions), to try again (§2.5: 10 minutes), from a network to a registration, and from an
 * answer to the state it causes (a pump a second).
 */
export const GIVES_UP_S = 330;
export const TRIES_AGAIN_S = 660;
export const REGISTERS_S = 90;
export const SHOWS_S = 10;

/** From a registration to the last resource read: thirteen exchanges over a slow network, s of network time. */
export const READS_S = 60;

/** As long as the lifetime, and half as long again: an update that is late is measured, not cut off. */
export const UPDATES_S = 1.5 * updatePeriod;

/** The wait for the first registration of a story. */
export const forRegistration = ({ after }: StateStory): Wait => ({
  networkS: REGISTERS_S,
  after,
  what: 'a registration',
});

/** The wait for a registration that comes when a client tries again. */
export const forAnotherRegistration = ({ number }: { readonly number: number }): Wait => ({
  networkS: TRIES_AGAIN_S,
  after: number,
  what: 'another registration',
});

/** The wait for an update after this event of the platform. */
export const forUpdate = ({ number }: { readonly number: number }): Wait => ({
  networkS: UPDATES_S,
  after: number,
  what: 'an update',
});

/**
 * How long a story may take that waits for these, one after the other, s of network time. Each may take all of its
 * time and the module be as good: what a story's deadline leaves out of them fails it.
 */
export const sumOf = (...waits: readonly number[]): number => waits.reduce((sum, wait) => sum + wait, 0);
