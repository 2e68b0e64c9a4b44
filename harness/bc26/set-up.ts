import type { Bench } from './bench.ts';
import { type Identity, isExpected, readIdentity } from './identity.ts';
import { switchOffPowerSaving } from './power-saving.ts';
import { inMessage,requireOk } from './require-ok.ts';

/** Echo off, numeric error codes: without them no answer can be judged. */
const demanded = ['ATE0', 'AT+CMEE=1'] as const;

/** No sleep: asleep, the UART loses bytes (BC26.md §3). */
const awake = 'AT+QSCLK=0';

/** Everything that a boot may have taken back; what of it a firmware refuses is no matter here. */
export const setUpCommands: readonly string[] = [...demanded, awake];

// Firmware up to A02 knows no AT+QSCLK and is kept awake by another command (BC26.md §3).
const lockedBySm = /^BC26N[AB]R01A0[0-2]/;

/**
 * Puts a module that answers into the state every test begins with: echo off, numeric error codes, no sleep, no power
 * saving. Little of this is documented to survive a reboot, so it is seen to after each. A module that is not the
 * rig's (`Bench.guard`) is left as it sleeps: the caller refuses it.
 * @throws AT_REFUSED when echo or error codes cannot be set; sleep commands a firmware lacks are noted only
 */
export async function setUp(bench: Bench, signal?: AbortSignal): Promise<Identity> {
  const { at } = bench;
  for (const command of demanded) requireOk(await at.send(command, { signal }));
  const identity = await readIdentity(at, signal);
  // Power saving and reception cycles are kept over a reboot: a module of somebody else's keeps its own.
  if (bench.guard && !isExpected(identity, bench.guard)) return identity;
  const tolerate = (command: string): Promise<boolean> => tolerated(bench, command, signal);
  await tolerate(awake);
  await switchOffPowerSaving(bench, tolerate, signal);
  if (lockedBySm.test(identity.revision)) await tolerate('AT+SM=LOCK');
  return identity;
}

/** Whether a command was answered OK; where not, it is noted. */
async function tolerated({ at, trace }: Bench, command: string, signal?: AbortSignal): Promise<boolean> {
  const { final, timing } = await at.send(command, { signal });
  if (final.kind === 'OK') return true;
  trace.write('note', timing.endedAt, {
    text: `${command} was refused: ${inMessage(final.text)}; the module may fall asleep`,
  });
  return false;
}
