import type { Proof } from './proof.ts';

/** The command that judges these faults again as a proof did. @param options more of its options */
export const proveCommand = (
  faults: Iterable<string>,
  { profile, seed }: Pick<Proof, 'profile' | 'seed'>,
  ...options: readonly string[]
): string =>
  [
    'bc26-hil prove',
    ...[...new Set(faults)].map((id) => `--fault ${id}`),
    ...options,
    `--seed ${seed}`,
    ...(profile === 'nightly' ? [] : [`--profile ${profile}`]),
  ].join(' ');
