import path from 'node:path';
import { systemClock } from '../base/clock.ts';
import type { TraceSink } from '../base/trace.ts';
import { openCapture } from '../platform/pcap.ts';
import type { Platform } from '../platform/platform.ts';
import { openPlatform } from '../platform/platform.ts';
import type { PlatformPacket } from '../platform/packet-log.ts';
import type { PlatformEvent } from '../platform/events.ts';
import type { RigFile } from '../../rigs/rig-file.ts';
import { isEmulated } from '../../rigs/rig-file.ts';
import { accounts } from './accounts.ts';
import type { Emit } from './emit.ts';

/** What a wait is allowed on top of its network time, for the machine's own doings, real ms. */
const SLACK_MS = 2_000;

/** The test platform as suites see it. Times are those of the module's network: `clock` seconds pass in one. */
export interface TestPlatform extends Pick<
  Platform,
  | 'answerRegister'
  | 'answerUpdate'
  | 'answerDeregister'
  | 'answerRead'
  | 'byTheRules'
  | 'events'
  | 'last'
  | 'packets'
  | 'registrations'
  | 'stopReading'
> {
  /** What the module is told to contact. */
  readonly serverIP: string;
  readonly serverPort: number;
  /**
   * Whether the module is emulated on this machine and told the address listened on, so that what it sends arrives. Over
   * the air nothing but the module's own packets shows that it can reach the platform.
   */
  readonly onThisMachine: boolean;
  /** Network seconds per second. */
  readonly clock: number;
  /** By how much a network time measured here may be wrong, s: a setting, plus the clock's share of our own error. */
  readonly toleranceS: number;
  /**
   * The first event after `after` that satisfies the predicate.
   * @throws PLATFORM_TIMEOUT after `networkS` seconds of the module's network time; ABORTED
   */
  waitFor<E extends PlatformEvent>(
    predicate: (event: PlatformEvent) => event is E,
    options: { readonly networkS: number; readonly after: number; readonly what: string },
  ): Promise<E>;
}

export interface OpenTestPlatform {
  /** The platform for one test. */
  fixture(signal: AbortSignal): TestPlatform;
  readonly serverIP: string;
  close(): Promise<void>;
}

const ANY_ADDRESS = '0.0.0.0';

/** Our own error in a stretch of real time between two packets or answers: two stamps, each a few ms late at worst. */
const OWN_ERROR_S = 0.01;

/**
 * Opens the rig's platform: every packet goes to the trace and to `platform.pcap` in the run folder.
 * @returns undefined for a rig that names none
 * @throws PLATFORM_LISTEN_FAILED, CAPTURE_FAILED
 */
export async function openTestPlatform(
  rig: RigFile,
  runFolder: string,
  trace: TraceSink,
  emit: Emit,
): Promise<OpenTestPlatform | undefined> {
  if (!rig.platform) return undefined;
  const { listen, reachableAs } = rig.platform;
  const { clock, networkToleranceS } = rig.module;
  const platform = await openPlatform({
    credentials: [...(rig.credentials ? [rig.credentials] : []), ...accounts],
    listen,
    pace: clock,
    onPacket(packet) {
      keep(packet);
      const { direction, at, peer, bytes, summary } = packet;
      trace.write(direction === 'in' ? 'platform.rx' : 'platform.tx', at, {
        peer: `${peer.address}:${peer.port}`,
        summary,
        data: Buffer.from(bytes).toString('latin1'),
      });
    },
  });
  // Nobody knows the port before this function has returned: no packet comes earlier.
  const capture = openCapture(path.join(runFolder, 'platform.pcap'), () => platform.address(), {
    wallMs: Date.now(),
    at: systemClock.now(),
  });
  let told = false;
  /** A capture that has ended says so once: the record lacks what comes after. */
  function keep(packet: PlatformPacket): void {
    capture.write(packet);
    if (!capture.failure || told) return;
    told = true;
    emit({ type: 'message', text: `platform.pcap ends early: ${capture.failure.message}` });
  }
  const shared = {
    serverIP: reachableAs,
    serverPort: platform.address().port,
    onThisMachine: isEmulated(rig) && [reachableAs, ANY_ADDRESS].includes(listen.address),
    clock,
    toleranceS: networkToleranceS + OWN_ERROR_S * clock,
    answerRegister: platform.answerRegister,
    answerUpdate: platform.answerUpdate,
    answerDeregister: platform.answerDeregister,
    answerRead: platform.answerRead,
    byTheRules: () => platform.byTheRules(),
    events: platform.events,
    packets: platform.packets,
    registrations: () => platform.registrations(),
    stopReading: () => platform.stopReading(),
  };
  return {
    serverIP: reachableAs,
    fixture: (signal) => ({
      ...shared,
      get last() {
        return platform.last;
      },
      waitFor: (predicate, { networkS, ...options }) =>
        platform.waitFor(predicate, { ...options, signal, deadlineMs: (networkS * 1000) / clock + SLACK_MS }),
    }),
    async close() {
      await platform.close();
      capture.close();
    },
  };
}
