import type { PlatformEvent, TestPlatform } from '../../harness/jest/suite.ts';
import { isFromModule, isLateAnswer, isProvenFromModule, whySilent } from './module-events.ts';

const module = { address: '198.51.100.7', port: 41000 };
const scanner = { address: '203.0.113.9', port: 5683 };

const event = (peer: PlatformEvent['peer'], body: object): PlatformEvent =>
  ({ number: 1, at: 0n, peer, ...body }) as PlatformEvent;
const request = (step: string, path: string, query: readonly string[] = []): object => ({
  type: 'requested',
  request: { step, path, query },
  endpoint: undefined,
});
const name = `ep=I@#@AAAA@#@M100000089`;
const refused = { type: 'refused', step: 'register', code: '4.03', reason: '' };
const registration = { location: '/rd/0123456789' };

const probe = event(scanner, request('other', '/.well-known/core'));
const undecrypted = event(module, request('register', '/rd', [name, 'lt=300']));
const decrypted = event(module, { ...request('register', '/rd', [name]), endpoint: {} });
const registered = event(module, { type: 'registered', registration });
const moved = { ...module, port: 41001 };

test.each([
  ['what a scanner sends', probe, [probe, decrypted], [false, false]],
  ['the answer to it', event(scanner, refused), [probe, event(scanner, refused)], [false, false]],
  ['a registration without a name', event(scanner, request('register', '/rd', ['ep=x'])), [], [false, false]],
  ['a name that cannot be decrypted', undecrypted, [undecrypted], [true, false]],
  ['the answer to that', event(module, refused), [undecrypted], [true, false]],
  ['a name that was decrypted', decrypted, [decrypted], [true, true]],
  [
    'an update at an assigned location, from another port',
    event(moved, request('update', '/rd/0123456789')),
    [registered],
    [true, true],
  ],
  [
    'an update at an unknown location',
    event(moved, request('update', '/rd/elsewhere')),
    [registered],
    [false, false],
  ],
  [
    'any other request of a peer that has registered',
    event(module, request('other', '/x')),
    [registered],
    [true, true],
  ],
])('%s', (_, one, events, expected) => {
  expect([isFromModule(events)(one), isProvenFromModule(events)(one)]).toEqual(expected);
});

describe('a packet that came after its time', () => {
  const get = { peer: module };
  const isLate = (
    from: PlatformEvent['peer'],
    answers: object | undefined,
    events: readonly PlatformEvent[],
  ) => {
    const packets = { answeredBy: () => answers } as unknown as TestPlatform['packets'];
    type Packet = Parameters<TestPlatform['packets']['answeredBy']>[0];
    return isLateAnswer({ events, packets })({ peer: from, direction: 'in' } as Packet);
  };

  test.each([
    [
      "is the module's if it answers the platform, from where the module registered",
      module,
      get,
      [registered],
      true,
    ],
    ['is of unknown origin if it answers nothing', module, undefined, [registered], false],
    ['is of unknown origin from anywhere else', scanner, get, [registered], false],
    ['is of unknown origin where nothing proves the module', module, get, [undecrypted], false],
  ])('%s', (_name, from, answers, events, expected) => {
    expect(isLate(from, answers, events)).toBe(expected);
  });
});

describe('the silence of a module', () => {
  const silence = (idleBecause: string | undefined, events: readonly PlatformEvent[]) =>
    whySilent({ board: { idleBecause }, platform: { events } } as unknown as Parameters<typeof whySilent>[0]);
  const foreign = 'the SIM is of network 26201';
  const excused = `${foreign}, and this module sent nothing to the platform`;

  test.each<[string, string | undefined, readonly PlatformEvent[], string | undefined]>([
    ['is a failure where its client is served', undefined, [], undefined],
    ['is none where it is not', foreign, [], excused],
    ['is none where only a scanner was heard', foreign, [probe], excused],
    ['is one where it spoke all the same', foreign, [registered], undefined],
    ['is one where it spoke with another key', foreign, [undecrypted], undefined],
  ])('%s', (_name, idleBecause, events, why) => {
    expect(silence(idleBecause, events)).toBe(why);
  });
});
