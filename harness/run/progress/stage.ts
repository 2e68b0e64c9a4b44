import { type Clock, toMs } from '../../base/clock.ts';
import { clockText } from './clock-text.ts';
import { createPulse } from './pulse.ts';
import type { Screen } from './screen.ts';
import { openStatusBlock } from './status-block.ts';

/** Lines that stay, and what goes on now with its time. */
export interface Stage {
  readonly print: (text: string, paint?: (row: string) => string) => void;
  /** From now on this goes on. @param ofMs how long it will take, where that is known */
  readonly begin: (what: string, ofMs?: number) => void;
  readonly end: () => void;
}

const onTerminal = { everyMs: 1_000, soonMs: 100 };
/** In a log a line is printed when nothing else was for so long, ms. */
const inLog = { everyMs: 15_000, soonMs: 15_000 };

/** Opens a stage on a screen. Nothing is shown of what goes on before the first `begin`. */
export function openStage(screen: Screen, clock: Clock): Stage {
  const block = openStatusBlock(screen);
  let now: { readonly what: string; readonly since: bigint; readonly of: string } | undefined;

  const text = (): string =>
    now ? `  ${now.what}, ${clockText(toMs(clock.now() - now.since))}${now.of}` : '';
  const pulse = createPulse(clock, block.isShown ? onTerminal : inLog, () => {
    if (!now) return;
    if (block.isShown) block.draw(() => [text()]);
    else block.print(text());
  });

  return {
    print(line, paint) {
      block.print(line, paint);
      if (!block.isShown) pulse.rest();
    },
    begin(what, ofMs) {
      now = { what, since: clock.now(), of: ofMs === undefined ? '' : ` of ${clockText(ofMs)}` };
      pulse.soon();
    },
    end() {
      pulse.end();
      block.end();
    },
  };
}
