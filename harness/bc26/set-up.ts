import type { AtClient } from '../at/at-client.ts';
import type { Identity } from './identity.ts';
import type { Bench } from './bench.ts';
import { accepted, inMessage } from './accepted.ts';
import { isExpected, readIdentity } from './identity.ts';

/** Echo off, numeric error codes: without them no answer can be judged. */
const demanded = ['ATE0', 'AT+CMEE=1'] as const;

/** Sleep, power saving and extended reception cycles off: asleep, the UART loses bytes (bc26-module.md §3). */
const sleepOff = ['AT+QSCLK=0', 'AT+CPSMS=0', 'AT+CEDRXS=0'] as const;

/** Everything that a boot may have taken back; what of it a firmware refuses is no matter here. */
export const setUpCommands: readonly string[] = [...demanded, ...sleepOff];

// Firmware up to A02 knows no AT+QSCLK and is kept awake by another command (bc26-module.md §3).
const lockedBySm = /^BC26N[AB]R01A0[0-2]/;

/**
 * Puts a module that answers into the state every test begins with: echo off, numeric error codes, no sleep.
 * None of this is documented to survive a reboot, so it is sent after each. A module that is not the rig's
 * (`Bench.guard`) is left as it sleeps: the caller refuses it.
 * @throws AT_REFUSED when echo or error codes cannot be set; sleep commands a firmware lacks are noted only
 */
export async function setUp(bench: Bench, signal?: AbortSignal): Promise<Identity> {
  const { at } = bench;
  for (const command of demanded) accepted(await at.send(command, { signal }));
  const identity = await readIdentity(at, signal);
  // Power saving and reception cycles are kept over a reboot: a module of somebody else's keeps its own.
  if (bench.guard && !isExpected(identity, bench.guard)) return identity;
  for (const command of sleepOff) await tolerate(bench, at, command, signal);
  if (lockedBySm.test(identity.revision)) await tolerate(bench, at, 'AT+SM=LOCK', signal);
  return identity;
}

async function tolerate(bench: Bench, at: AtClient, command: string, signal?: AbortSignal): Promise<void> {
  const { final, timing } = await at.send(command, { signal });
  if (final.kind === 'OK') return;
  bench.trace.write('note', timing.endedAt, {
    text: `${command} was refused: ${inMessage(final.text)}; the module may fall asleep`,
  });
}
