import { toMs, toNs } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import { type Bench, retryMsOf } from './bench.ts';
import { watchBoots } from './boots.ts';
import { pause } from './pause.ts';
import { isSilence, probe } from './probe.ts';

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
    const budget = Math.min(retryMsOf(bench), toMs(deadline - began));
    const result = await probe(at, budget, signal);
    if (result.kind === 'silent') silence = result.error;
    else if (result.exchange.final.kind === 'OK') {
      const firstOk = result.exchange.timing.endedAt;
      const isSure = silence === undefined && isPrompt(bench, began, firstOk);
      if (isSure || (await tellAnswersApart(bench, firstOk, deadline, signal))) return firstOk;
    }
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

/** The client's own wait for an answer, ms: a slower module is none. */
const slowestMs = 5_000;

/**
 * Whether an answer at `ended` cannot be that to an earlier `AT`: those come as far apart as they were sent, so a module
 * that is late answers in the rhythm of the sync.
 */
const isPrompt = (bench: Bench, began: bigint, ended: bigint): boolean =>
  toMs(ended - began) < retryMsOf(bench) / 2;

/**
 * After an `OK` that may be the late answer to an earlier `AT`: finds out whether the module is slow, and if so lets all
 * late answers pass. Otherwise each answer of the set-up would be taken for that to the command after it. How slow the
 * module is, is kept (`Learned.answerMs`): later it is given the time.
 * @param firstOk arrival of that `OK`, ns
 * @returns false if the module boots again meanwhile
 * @throws PORT_GONE, PORT_CLOSED, ABORTED
 */
async function tellAnswersApart(
  bench: Bench,
  firstOk: bigint,
  deadline: bigint,
  signal?: AbortSignal,
): Promise<boolean> {
  const boots = watchBoots(bench.at);
  try {
    const next = await probe(bench.at, slowestMs, signal);
    const isSure = next.kind === 'answered' && isPrompt(bench, firstOk, next.exchange.timing.endedAt);
    if (!isSure) await letLateAnswersPass(bench, deadline, () => boots.seen.length > 0, signal);
    return boots.seen.length === 0;
  } finally {
    boots.end();
  }
}

async function letLateAnswersPass(
  bench: Bench,
  deadline: bigint,
  hasBooted: () => boolean,
  signal?: AbortSignal,
): Promise<void> {
  const { at, clock, learned, timing } = bench;
  let quietMs = 2 * retryMsOf(bench);
  while (!hasBooted() && clock.now() < deadline) {
    await waitForSilence(bench, quietMs, signal);
    const began = clock.now();
    const alone = await probe(at, slowestMs, signal);
    if (alone.kind === 'silent') continue;
    const tookMs = toMs(alone.exchange.timing.endedAt - began);
    if (tookMs > timing.retryMs) learned.answerMs = Math.max(learned.answerMs, tookMs);
    // An answer that took longer than the silence before it may be a late one, too.
    if (tookMs < quietMs) return;
    quietMs = 2 * tookMs;
  }
}

/** A line that is never silent shows in what comes next. */
async function waitForSilence({ at, timing }: Bench, quietMs: number, signal?: AbortSignal): Promise<void> {
  try {
    await at.idle(quietMs, quietMs + timing.idleMs, signal);
  } catch (error) {
    if (!isSilence(error)) throw error;
  }
}
