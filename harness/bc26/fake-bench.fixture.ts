import type { Capabilities, Control } from '../../rigs/control/control.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { memoryTrace } from '../base/trace.ts';
import { type Bench, defaultBootTiming, nothingLearned } from './bench.ts';
import { createFakeAt, type FakeAt, type FakeReply } from './fake-at.fixture.ts';

export const everything: Capabilities = {
  powerKey: true,
  reset: true,
  supplyCut: true,
  powered: true,
  truth: false,
};

/** How a scripted module differs from a healthy one. */
interface FakeBoard {
  readonly capabilities?: Capabilities;
  /** ms from the start of a boot to the first answer. */
  readonly bootMs?: number;
  /** How often the boot text is printed in one boot; 0 for a firmware that prints none. */
  readonly banners?: number;
  /** Whether it is on when the test begins. */
  readonly on?: boolean;
  /** Answers that differ from those below. */
  readonly replies?: Readonly<Record<string, FakeReply>>;
  /** It echoes, whatever `ATE0` is answered. */
  readonly echoes?: boolean;
  /** What it answers to some commands for `ms` after it first answers `AT`, at each boot. */
  readonly early?: { readonly ms: number; readonly commands: RegExp; readonly reply: FakeReply };
}

export interface FakeBench extends Bench {
  readonly clock: ManualClock;
  readonly trace: ReturnType<typeof memoryTrace>;
  readonly at: FakeAt;
  /** The calls of the control, with the time in ms. */
  readonly acts: readonly { readonly act: string; readonly ms: number }[];
}

const healthyIdentity = { imei: '863703030822519', revision: 'BC26NBR01A07' };

const healthyReplies: Readonly<Record<string, FakeReply>> = {
  'AT+CGSN=1': ['+CGSN: 863703030822519', 'OK'],
  'AT+CGMR': ['Revision: BC26NBR01A07', 'OK'],
  'AT+CPSMS?': ['+CPSMS: 0', 'OK'],
};

/** A board with a scripted module. Its VDD_EXT falls 1.02 s after AT+QPOWD=0. */
export function fakeBench(board: FakeBoard = {}): FakeBench {
  const {
    capabilities = everything,
    bootMs = 1_500,
    banners = 1,
    on = true,
    replies = {},
    early,
    echoes = false,
  } = board;
  const clock = new ManualClock();
  const trace = memoryTrace();
  const acts: { act: string; ms: number }[] = [];
  let state: 'on' | 'booting' | 'off' = on ? 'on' : 'off';
  let onSince = 0;
  const nowMs = (): number => Number(clock.now()) / 1e6;

  let life = 0;

  const switchOff = (): void => {
    state = 'off';
    life += 1;
  };
  const bootNow = (): void => {
    state = 'booting';
    const mine = (life += 1);
    const later = (ms: number, effect: () => void): void =>
      void clock.after(ms, () => {
        if (life === mine) effect();
      });
    for (let banner = 0; banner < banners; banner += 1) later(20 + banner * 100, () => at.boot());
    later(bootMs, () => {
      state = 'on';
      onSince = nowMs();
    });
  };
  const at = createFakeAt(
    clock,
    (command) => {
      if (state !== 'on') return 'silence';
      if (early?.commands.test(command) && nowMs() < onSince + early.ms) return early.reply;
      const scripted = replies[command];
      if (scripted) return scripted;
      if (command === 'AT+QRST=1') {
        bootNow();
        return 'silence';
      }
      if (command === 'AT+QPOWD=0') clock.after(1_020, switchOff);
      return healthyReplies[command] ?? ['OK'];
    },
    echoes,
  );

  const act = (name: string, effect: () => void) => (): Promise<void> => {
    acts.push({ act: name, ms: nowMs() });
    effect();
    return Promise.resolve();
  };
  const control: Control = {
    driver: 'fake',
    capabilities,
    on: act('on', bootNow),
    off: act('off', switchOff),
    reset: act('reset', bootNow),
    powerKey: act('power-key', () => {
      if (state === 'off') bootNow();
    }),
    powered: () => Promise.resolve(capabilities.powered ? state !== 'off' : undefined),
    rest: act('rest', switchOff),
    onTruth: () => () => undefined,
    close: () => Promise.resolve(),
  };
  return {
    at,
    control,
    clock,
    trace,
    port: { path: '/dev/ttyTEST', baud: 115_200 },
    timing: defaultBootTiming,
    learned: { ...nothingLearned(), identity: healthyIdentity },
    acts,
  };
}
