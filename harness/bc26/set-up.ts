import { toNs } from '../base/clock.ts';
import type { Bench } from './bench.ts';
import { echoOff, watchEcho } from './echo.ts';
import { type Identity, isExpected, type KnownIdentity, readIdentity } from './identity.ts';
import { insisting } from './insist.ts';
import { askedUntil } from './patience.ts';
import { switchOffPowerSaving } from './power-saving.ts';
import { inMessage, requireOk } from './require-ok.ts';

const numericErrors = 'AT+CMEE=1';

/** A sleeping module loses bytes on its UART (BC26.md §3). */
const noSleep = 'AT+QSCLK=0';

/** Everything that a boot may reset. A firmware may refuse some of it. */
export const setUpCommands: readonly string[] = [echoOff, numericErrors, noSleep];

// Firmware up to A02 has no AT+QSCLK; AT+SM=LOCK keeps it awake (BC26.md §3).
const lockedBySm = /^BC26N[AB]R01A0[0-2]/;

interface SetUp {
  readonly identity: Identity;
  /** When it had given both its names, ns. */
  readonly namedAt: bigint;
}

interface SetUpLimits {
  /** The end of the boot's time, ns. */
  readonly deadline: bigint;
  /** Whether the set-up has become pointless, since the module boots again. */
  readonly isOver: () => boolean;
}

/**
 * Puts a module that answers into the state in which every test begins: echo off, numeric error codes, no sleep, no
 * power saving. Most of it is not documented to survive a reboot, so it is set after each one. What is refused or not
 * answered is asked again: error codes and names until the boot's time is over, what a firmware may lack for some seconds
 * after the module has named itself. On a module that is not the rig's (`Bench.guard`) sleep and power saving are left
 * alone: the caller refuses that module.
 * @throws AT_REFUSED or AT_ANSWER_MALFORMED if error codes or names do not come; an echo that stays and a sleep command
 *   that is refused are only noted
 */
export async function setUp(bench: Bench, limits: SetUpLimits, signal?: AbortSignal): Promise<SetUp> {
  const { clock, guard, learned, timing } = bench;
  const { deadline, isOver } = limits;
  const line = watchEcho(bench, signal);
  const ask = askedUntil(bench, { deadline, isOver, signal });
  await line.tryOff();
  await ask(async () => requireOk(await line.send(numericErrors, { signal })));
  const identity = await readIdentity(line, { known: knownOf(bench), ask, signal });
  const namedAt = clock.now();
  learned.identity = identity;

  const refusing = namedAt + toNs(timing.refusingMs);
  const until = { deadline: refusing < deadline ? refusing : deadline, isOver, signal };
  await line.settle(askedUntil(bench, until));
  if (guard && !isExpected(identity, guard)) return { identity, namedAt };
  const insist = insisting(bench, until);
  const tolerate = async (command: string): Promise<boolean> => {
    const { final, timing: times } = await insist(command);
    if (final.kind === 'OK') return true;
    const text = `${command} was refused: ${inMessage(final.text)}; the module may fall asleep`;
    bench.trace.write('note', times.endedAt, { text });
    return false;
  };
  await tolerate(noSleep);
  await switchOffPowerSaving(bench, insist, tolerate);
  if (lockedBySm.test(identity.revision)) await tolerate('AT+SM=LOCK');
  return { identity, namedAt };
}

/** What the module is taken to be called: what it was called before or, at first, what the rig file says. */
const knownOf = ({ guard, learned }: Bench): KnownIdentity =>
  learned.identity ?? { imei: guard?.imei, revision: guard?.firmware };
