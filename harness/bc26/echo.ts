import type { AtClient, SendOptions } from '../at/at-client.ts';
import { hasCode, HilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import { type Ask, mayPass } from './patience.ts';
import { requireOk } from './require-ok.ts';

export const echoOff = 'ATE0';

/**
 * How long the first `ATE0` after a boot is waited for, ms. A module that answers `AT` may throw it away for a while yet;
 * it is sent again in any case.
 */
const FIRST_MS = 1_000;

/** The line during a set-up, and what becomes of its echo. */
export interface EchoedLine extends Pick<AtClient, 'send'> {
  /** Sends `ATE0` once. A module that has just booted may refuse it yet. */
  tryOff(): Promise<void>;
  /**
   * To be called after some exchanges. Where the module still echoes, `ATE0` is sent again by `ask`; an echo that cannot be
   * switched off is lived with (`Learned.echoes`), since every exchange tells it from the answer.
   */
  settle(ask: Ask): Promise<void>;
}

export function watchEcho({ at, clock, learned, trace }: Bench, signal?: AbortSignal): EchoedLine {
  let accepted = false;
  let echoed = false;
  const send: AtClient['send'] = async (command, options) => {
    const exchange = await at.send(command, options);
    ({ echoed } = exchange);
    return exchange;
  };
  const switchOff = async (options?: SendOptions): Promise<void> => {
    requireOk(await send(echoOff, { ...options, signal }));
  };

  return {
    send,
    async tryOff() {
      try {
        await switchOff({ deadlineMs: Math.max(FIRST_MS, 3 * learned.answerMs) });
        accepted = true;
      } catch (error) {
        if (!mayPass(error)) throw error;
      }
    },
    async settle(ask) {
      if (accepted && !echoed) return void (learned.echoes = false);
      if (learned.echoes) return;
      try {
        await ask(async () => {
          await switchOff();
          requireOk(await send('AT', { signal }));
          if (echoed) throw goesOn();
        });
      } catch (error) {
        if (!hasCode(error, 'AT_REFUSED')) throw error;
        learned.echoes = true;
        trace.write('note', clock.now(), { text: `${error.message}: the echo is lived with` });
      }
    },
  };
}

const goesOn = (): HilError =>
  new HilError('AT_REFUSED', `${echoOff} was answered OK, and the module goes on echoing`, {
    remedy: 'the echo is told from the answer; nothing needs to be done',
  });
