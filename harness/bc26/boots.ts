import type { AtClient, Boot, Unsubscribe } from '../at/at-client.ts';

export interface BootWatch {
  readonly seen: readonly Boot[];
  /** Aborts at the first boot: ends waits that have no point after it. */
  readonly first: AbortSignal;
  readonly end: Unsubscribe;
}

/** Counts boots from now on, until `end` is called. */
export function watchBoots(at: AtClient): BootWatch {
  const seen: Boot[] = [];
  const first = new AbortController();
  const end = at.onBoot((boot) => {
    seen.push(boot);
    first.abort();
  });
  return { seen, first: first.signal, end };
}
