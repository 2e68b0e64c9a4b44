import type { PlatformEvent } from '../../harness/jest/suite.ts';
import { enrolments } from './enrolment.ts';
import type { Disturbance, StateStory } from './state-watch.ts';

export const at = (s: number): bigint => BigInt(Math.round(s * 1e9));

const peer = { address: '198.51.100.7', port: 41000 };
const registration = { location: '/rd/one', lifetimeS: 300 };

/** Events of a story, by what happened. */
export const told = {
  register: (name = 'ep=L@#@AAAA@#@M1', lt = 'lt=300', imei1 = '1') => ({
    type: 'requested',
    request: { step: 'register', query: [name, 'b=U', lt] },
    endpoint: { identity: { imei1 } },
  }),
  registered: { type: 'registered', registration },
  update: (name = 'epi=L@#@AAAA@#@M1', imei1 = '1', path = registration.location) => ({
    type: 'requested',
    request: { step: 'update', path, query: [name] },
    endpoint: { identity: { imei1 } },
  }),
  updated: { type: 'updated', registration },
  refused: { type: 'refused', step: 'update', code: '4.04' },
  unanswered: { type: 'unanswered', step: 'register', how: 'silence' },
};

/** A story of these events, by the second; with copies of packets, and commands between two polls, each 0.1 s long. */
export function tell(
  happened: readonly (readonly [s: number, event: object])[],
  { copies = [], commands = [], shown = [] }: Told = {},
): StateStory {
  const events = happened.map(
    ([s, event], index) => ({ ...event, peer, number: index + 1, at: at(s) }) as PlatformEvent,
  );
  const poll = (s: number, dmstate: number) => ({ dmstate, askedAt: at(s), answeredAt: at(s + 0.1) });
  const disturbances: Disturbance[] = commands.map(([s, before, after]) => ({
    command: 'AT+QDMPCFG?',
    before: poll(s, before),
    after: poll(s + 0.2, after),
  }));
  const packets = copies.map((s) => ({ direction: 'in', at: at(s), peer, bytes: Uint8Array.of(0x40, 2) }));
  const polls = shown.map(([s, dmstate]) => poll(s, dmstate));
  return {
    events,
    disturbances,
    packets,
    polls,
    enrolment: enrolments[0],
    clock: 1,
    toleranceS: 1,
    reached: true,
    strangers: [],
  } as unknown as StateStory;
}

interface Told {
  readonly copies?: readonly number[];
  /** The second, and the states before and after the command. */
  readonly commands?: readonly (readonly [s: number, before: number, after: number])[];
  readonly shown?: readonly (readonly [s: number, dmstate: number])[];
}
