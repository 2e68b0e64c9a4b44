import type { Bench } from './bench.ts';
import { type Identity, isExpected, readIdentity } from './identity.ts';
import { switchOffPowerSaving } from './power-saving.ts';
import { inMessage, requireOk } from './require-ok.ts';

/** Echo off, numeric error codes: without them no answer can be judged. */
const required = ['ATE0', 'AT+CMEE=1'] as const;

/** A sleeping module loses bytes on its UART (BC26.md §3). */
const noSleep = 'AT+QSCLK=0';

/** Everything that a boot may reset. A firmware may refuse some of it. */
export const setUpCommands: readonly string[] = [...required, noSleep];

// Firmware up to A02 has no AT+QSCLK; AT+SM=LOCK keeps it awake (BC26.md §3).
const lockedBySm = /^BC26N[AB]R01A0[0-2]/;

/**
 * Puts a module that answers into the state in which every test begins: echo off, numeric error codes, no sleep, no
 * power saving. Most of it is not documented to survive a reboot, so it is set after each one. On a module that is not
 * the rig's (`Bench.guard`) sleep and power saving are left alone: the caller refuses that module.
 * @throws AT_REFUSED if echo or error codes cannot be set; a sleep command that the firmware lacks is only noted
 */
export async function setUp(bench: Bench, signal?: AbortSignal): Promise<Identity> {
  const { at } = bench;
  for (const command of required) requireOk(await at.send(command, { signal }));
  const identity = await readIdentity(at, signal);
  if (bench.guard && !isExpected(identity, bench.guard)) return identity;
  const tolerate = (command: string): Promise<boolean> => sendTolerant(bench, command, signal);
  await tolerate(noSleep);
  await switchOffPowerSaving(bench, tolerate, signal);
  if (lockedBySm.test(identity.revision)) await tolerate('AT+SM=LOCK');
  return identity;
}

/** Whether the command was answered OK; a refusal is noted. */
async function sendTolerant({ at, trace }: Bench, command: string, signal?: AbortSignal): Promise<boolean> {
  const { final, timing } = await at.send(command, { signal });
  if (final.kind === 'OK') return true;
  trace.write('note', timing.endedAt, {
    text: `${command} was refused: ${inMessage(final.text)}; the module may fall asleep`,
  });
  return false;
}
