import { toMs, toNs } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import type { Bench } from './bench.ts';
import { pause } from './pause.ts';
import { probe } from './probe.ts';

/**
 * Sends `AT` until it is answered `OK`: the module needs several to find the baud rate (auto-baud is its default), and
 * the first after a boot may be lost (BC26.md §1, §8). `+CPIN: READY` is no sign to wait for: without a SIM it never
 * comes.
 * @param trigger the moment just before the boot was started, ns; the hard deadline counts from there
 * @returns arrival of the first OK, ns
 * @throws BOOT_TIMEOUT, PORT_GONE, PORT_CLOSED, ABORTED
 */
export async function sync(bench: Bench, trigger: bigint, signal?: AbortSignal): Promise<bigint> {
  const { at, clock, timing } = bench;
  const deadline = trigger + toNs(timing.hardMs);
  let silence: HilError | undefined;
  for (let began = clock.now(); began < deadline; began = clock.now()) {
    const budget = Math.min(timing.retryMs, toMs(deadline - began));
    const result = await probe(at, budget, signal);
    if (result.kind === 'silent') silence = result.error;
    else if (result.exchange.final.kind === 'OK') return result.exchange.timing.endedAt;
    // An attempt may end early (ERROR, a boot): the pause keeps a flood of AT from the module.
    const rest = budget - toMs(clock.now() - began);
    if (rest > 0) await pause(clock, rest, signal);
  }
  throw bootTimeout(bench, trigger, silence);
}

function bootTimeout({ clock, port }: Bench, trigger: bigint, silence: HilError | undefined): HilError {
  const seconds = (toMs(clock.now() - trigger) / 1000).toFixed(1);
  return new HilError(
    'BOOT_TIMEOUT',
    `no OK to AT on ${port.path} at ${port.baud} baud within ${seconds} s of the start of the boot`,
    {
      wire: silence?.wire,
      cause: silence,
      remedy:
        'check the supply, the power key (polarity, at least 500 ms), TX and RX, and the baud rate ' +
        '(AT+IPR=115200 and AT&W fix it in the module)',
    },
  );
}
