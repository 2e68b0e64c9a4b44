import fc from 'fast-check';

import { HilError } from '../base/error.ts';
import {
  advanceLife,
  type Life,
  type LifeEffect,
  type LifeEvent,
  maxAnswerBytes,
  newLife,
  type Surroundings,
} from './exchange-life.ts';

const surroundings: Surroundings = { asked: () => false, booting: false };

const line = (data: string, at = 0n): LifeEvent => ({
  kind: 'line',
  line: { data, startedAt: at, endedAt: at + 1n },
  end: '\r\n',
});
const blank: LifeEvent = { kind: 'blank', end: '\r\n', startedAt: 0n, endedAt: 0n };
const tooLong: LifeEvent = {
  kind: 'discarded',
  reason: 'too-long',
  data: 'xxxx',
  bytes: 4,
  startedAt: 0n,
  endedAt: 0n,
};
const ends: LifeEvent[] = [
  { kind: 'end', end: { reason: 'deadline' } },
  { kind: 'end', end: { reason: 'abort', cause: 'enough' } },
  { kind: 'end', end: { reason: 'boot', expected: false } },
  { kind: 'end', end: { reason: 'gone', error: new HilError('PORT_GONE', 'gone') } },
  { kind: 'end', end: { reason: 'closed' } },
];

const run = (command: string, events: readonly LifeEvent[]): { life: Life; effects: LifeEffect[] } => {
  let life = newLife(command);
  const effects: LifeEffect[] = [];
  for (const event of events) {
    const step = advanceLife(life, event, surroundings);
    life = step.life;
    effects.push(...step.effects);
  }
  return { life, effects };
};

test('gathers the information and ends with the final result', () => {
  const { life, effects } = run('AT+X?', [blank, line('+X: 1', 5n), line(''), line('OK', 9n)]);
  expect(life).toMatchObject({ information: ['+X: 1', ''], answeredAt: 5n, raw: '\r\n+X: 1\r\n\r\nOK\r\n' });
  expect(effects).toEqual([
    { kind: 'ended', end: { reason: 'final', final: { kind: 'OK', text: 'OK' }, at: 10n } },
  ]);
});

test('an echo is seen once: the same text again is information', () => {
  const { life } = run('ATI', [line('ATI'), line('ATI'), line('OK')]);
  expect(life).toMatchObject({ echoed: true, information: ['ATI'], echoBytes: 5 });
});

test('a part of the echo is no answer yet', () => {
  const { life } = run('ATI', [line('AT', 3n)]);
  expect(life).toMatchObject({ echoed: false, answeredAt: undefined, information: [] });
});

test('an unsolicited line is reported at once, and is no sign of an answer', () => {
  const { life, effects } = run('AT+X?', [line('+CEREG: 1')]);
  expect(life.answeredAt).toBeUndefined();
  expect(effects).toMatchObject([{ kind: 'unsolicited', line: { data: '+CEREG: 1' } }]);
});

test('boot text alone does not end it: the exchange does not decide whether it is a new boot', () => {
  const { life, effects } = run('AT', [line('RDY')]);
  expect(life.end).toBeUndefined();
  expect(effects).toMatchObject([{ kind: 'boot-text' }]);
});

test('a line that is too long ends it', () => {
  expect(run('AT', [tooLong]).life.end).toEqual({ reason: 'ran-on' });
});

test('an endless answer of correct lines is too long, too', () => {
  const babble = Array.from({ length: maxAnswerBytes / 64 + 1 }, () => line('x'.repeat(62)));
  expect(run('AT', babble).life.end).toEqual({ reason: 'ran-on' });
});

test('it ends at most once, and does not change any more', () => {
  const event = fc.oneof(
    fc.constantFrom(
      blank,
      tooLong,
      line('OK'),
      line('ERROR'),
      line('+X: 1'),
      line('RDY'),
      line('AT+X?'),
      ...ends,
    ),
    fc.bigInt({ min: 0n, max: 9n }).map((at): LifeEvent => ({ kind: 'written', at })),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      const { life, effects } = run('AT+X?', events);
      const ended = effects.filter(({ kind }) => kind === 'ended');
      expect(ended).toEqual(life.end ? [{ kind: 'ended', end: life.end }] : []);
      if (!life.end) return;
      const last = effects.at(-1);
      expect(last?.kind).toBe('ended');
      expect(run('AT+X?', [...events, ...ends, line('OK')]).life).toEqual(life);
    }),
  );
});
