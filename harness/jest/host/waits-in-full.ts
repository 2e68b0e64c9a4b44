import type { Profile } from './profile.ts';

/**
 * Whether a run waits as long as a client may take. At the speed of a real network a nightly run would take another 20
 * minutes: there it waits shorter, and says what it left out.
 * @param clock seconds of the module's network time per second
 */
export const waitsInFull = (profile: Profile, clock: number): boolean => clock > 1 || profile === 'release';
