/** Which runs a test belongs to. Each profile also runs the tests of the profiles before it. */
export type Profile = 'smoke' | 'nightly' | 'release';
export const profiles: readonly Profile[] = ['smoke', 'nightly', 'release'];
