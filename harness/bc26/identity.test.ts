import { ManualClock } from '../base/manual-clock.fixture.ts';
import { createFakeAt, elapse, type FakeReply } from './fake-at.fixture.ts';
import { guardIdentity, readIdentity, requireSameIdentity } from './identity.ts';

function read(replies: Record<string, FakeReply>): ReturnType<typeof readIdentity> {
  const clock = new ManualClock();
  const at = createFakeAt(clock, (command) => replies[command] ?? ['ERROR']);
  return elapse(clock, readIdentity(at));
}

const known = { imei: '490154203237511', revision: 'BC26NBR01A07' };

describe('reading the identity', () => {
  test.each([
    ['the manual’s form', '+CGSN:490154203237511', 'Revision : BC26NBR01A07'],
    ['the form of logs', '+CGSN: 490154203237511', 'Revision: BC26NBR01A07'],
    ['a bare number', '490154203237511', 'revision:BC26NBR01A07 '],
  ])('accepts %s', async (_, serial, revision) => {
    expect(await read({ 'AT+CGSN=1': [serial, 'OK'], 'AT+CGMR': [revision, 'OK'] })).toEqual(known);
  });

  test('falls back to ATI', async () => {
    const summary = ['Quectel_Ltd', 'Quectel_BC26', 'Revision: BC26NBR01A07', 'OK'];
    expect(await read({ 'AT+CGSN=1': ['+CGSN: 490154203237511', 'OK'], ATI: summary })).toEqual(known);
  });

  test('says what it found in place of an IMEI, escaped', async () => {
    await expect(read({ 'AT+CGSN=1': ['+CGSN: \u00014901', 'OK'] })).rejects.toMatchObject({
      code: 'AT_ANSWER_MALFORMED',
      message: 'AT+CGSN=1: expected an IMEI of 15 digits, found "+CGSN: \\x014901"',
    });
  });
});

describe('an answer that was damaged on the line', () => {
  /** Gives the answers one after the other, the last of them for ever; counts them. */
  function inTurn(...answers: readonly FakeReply[]) {
    let asked = 0;
    return { next: () => answers[Math.min(asked++, answers.length - 1)]!, count: () => asked };
  }
  const imei: FakeReply = ['+CGSN: 490154203237511', 'OK'];
  const sound: FakeReply = ['Revision: BC26NBR01A07', 'OK'];
  const damaged: FakeReply = ['Revision: BC26NBR0qA07', 'OK'];

  function readBy(revisions: ReturnType<typeof inTurn>, already?: typeof known) {
    const clock = new ManualClock();
    const at = createFakeAt(clock, (command) => (command === 'AT+CGMR' ? revisions.next() : imei));
    return elapse(clock, readIdentity(at, { known: already }));
  }

  test('is read again: what was known before decides', async () => {
    const revisions = inTurn(damaged, sound);
    expect(await readBy(revisions, known)).toEqual(known);
    expect(revisions.count()).toBe(2);
  });

  test.each([
    ['first', [damaged, sound]],
    ['second', [sound, damaged, sound]],
    ['unreadable', [['Rev\u0001sion BC26NBR01A07', 'OK'], sound]],
    ['an error', [['ERROR'], sound]],
    ['not there', ['silence', sound]],
  ] as [string, FakeReply[]][])(
    'the %s of those of a module that is not known: two equal ones decide',
    async (_, answers) => {
      expect(await readBy(inTurn(...answers))).toEqual(known);
    },
  );

  test('does not hide another module, which says its name twice', async () => {
    const revisions = inTurn(['Revision: BC26NBR01A08', 'OK']);
    expect(await readBy(revisions, known)).toEqual({ ...known, revision: 'BC26NBR01A08' });
    expect(revisions.count()).toBe(2);
  });

  test('each time is the end: no two of five are alike', async () => {
    const each = [1, 2, 3, 4, 5].map((n) => [`Revision: BC26NBR01A0${n}`, 'OK']);
    await expect(readBy(inTurn(...each))).rejects.toMatchObject({
      code: 'AT_ANSWER_MALFORMED',
      message: expect.stringContaining('AT+CGMR: 5 answers, and no two alike: BC26NBR01A01, ') as string,
    });
  });
});

describe('guarding the identity', () => {
  test('accepts the rig’s module by IMEI and prefix of the revision', () => {
    expect(() => guardIdentity(known, { imei: known.imei, firmware: 'BC26NBR01A' })).not.toThrow();
  });

  test.each([
    [{ imei: '863703030822519' }, /IMEI is 490154203237511, the rig file expects 863703030822519/],
    [{ firmware: 'BC26NBR01A08' }, /revision is BC26NBR01A07, the rig file expects BC26NBR01A08/],
  ])('refuses another: %p', (guard, message) => {
    expect(() => guardIdentity(known, guard)).toThrow(message);
    expect(() => guardIdentity(known, guard)).toThrow(
      expect.objectContaining({ code: 'IDENTITY_MISMATCH' }) as Error,
    );
  });

  test('notices a module that was exchanged over a reboot', () => {
    expect(() => requireSameIdentity(known, { ...known, revision: 'BC26NBR01A08' })).toThrow(
      /not the same module/,
    );
    expect(() => requireSameIdentity(known, { ...known })).not.toThrow();
  });
});
