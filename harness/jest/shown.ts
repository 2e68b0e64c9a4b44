import { takeSnapshot } from '../cmdmp/snapshot.ts';
import type { Snapshot } from '../cmdmp/snapshot.ts';
import type { TestModule } from './host.ts';

type Line = Pick<TestModule, 'at' | 'transmit'>;

/** What the module showed of its configuration last, for as long as nobody spoke to it since. */
export interface Shown {
  /** The same line; what is sent on it makes what was shown stale. */
  counting<L extends Line>(line: L): L;
  /** What is shown: read anew unless nothing was sent since. */
  snapshot(line: Line): Promise<Snapshot>;
  /** The module was rebooted. */
  forget(): void;
}

export function createShown(): Shown {
  let sent = 0;
  let last: { readonly after: number; readonly snapshot: Snapshot } | undefined;
  return {
    counting: (line) => ({
      ...line,
      at: (command, options) => {
        sent++;
        return line.at(command, options);
      },
      transmit: (bytes, until) => {
        sent++;
        return line.transmit(bytes, until);
      },
    }),
    async snapshot(line) {
      if (last?.after !== sent) {
        const snapshot = await takeSnapshot(line);
        last = { after: sent, snapshot };
      }
      return last.snapshot;
    },
    forget: () => void sent++,
  };
}
