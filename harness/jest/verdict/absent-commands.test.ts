import type { Exchange } from '../../at/exchange.ts';
import type { Sender } from '../../cmdmp/access.ts';
import { takeSnapshot } from '../../cmdmp/snapshot.ts';
import { createExcuses, findAbsent, whyAbsent } from './absent-commands.ts';

/** A module that refuses the commands that match, and answers the others with one line. */
function module(refuses: RegExp): Sender & { readonly sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    at(command) {
      sent.push(command);
      const kind = refuses.test(command) ? 'ERROR' : 'OK';
      const information = kind === 'OK' ? [`${command.replace(/^AT|[=?].*/g, '')}: 0,1`] : [];
      return Promise.resolve({ command, information, final: { kind, text: kind } } as unknown as Exchange);
    },
  };
}

const absentIn = async (refuses: RegExp): Promise<string[]> => {
  const sender = module(refuses);
  return [...(await findAbsent(sender, await takeSnapshot(sender)))];
};

describe('an absent command', () => {
  test.each([
    [/QDMPCFG(?!EX)/, ['AT+QDMPCFG']],
    [/QDMPCFGEX/, ['AT+QDMPCFGEX']],
    [/QDMPCFG/, ['AT+QDMPCFG', 'AT+QDMPCFGEX']],
  ])('is found by the refusal of every form: %s', async (refuses, absent) => {
    expect(await absentIn(refuses)).toEqual(absent);
  });

  test.each([
    ['its test form alone is refused', /=\?/],
    ['every query of a saved record is refused', /=4,|EX=\d,1/],
    ['everything but the read form is refused', /QDMPCFG=/],
    ['nothing of its extended records can be read', /EX=\?|EX=\d,1/],
    ['everything but the state is refused', /QDMPCFG(\?|=\?|=4)/],
  ])('is not found when %s', async (_, refuses) => {
    expect(await absentIn(refuses)).toEqual([]);
  });

  test('causes no further question where a query was answered', async () => {
    const sender = module(/nothing/);
    const snapshot = await takeSnapshot(sender);
    const asked = sender.sent.length;
    await findAbsent(sender, snapshot);
    expect(sender.sent).toHaveLength(asked);
  });
});

describe('the tests of an absent command', () => {
  const absent = new Set(['AT+QDMPCFGEX']);

  test.each([
    [['EX-READ-1'], 'this firmware has no AT+QDMPCFGEX'],
    [['CROSS-ISOLATED'], 'this firmware has no AT+QDMPCFGEX'],
    [['CFG-PERSIST', 'EX-PERSIST'], 'this firmware has no AT+QDMPCFGEX'],
    [['EX-TEST', 'EX-TEST-TEXT'], undefined],
    [['CFG-TEST'], undefined],
    [['ERR-FORM'], undefined],
  ])('%j: %s', (clauses, reason) => {
    expect(whyAbsent(clauses, absent)).toBe(reason);
  });

  test('of states and wire count as tests of AT+QDMPCFG', () => {
    const reason = 'this firmware has no AT+QDMPCFG';
    expect(whyAbsent(['STATE-ORDER'], new Set(['AT+QDMPCFG']))).toBe(reason);
    expect(whyAbsent(['WIRE-KEY'], new Set(['AT+QDMPCFG']))).toBe(reason);
  });

  test('are not run where the firmware has neither command, except the two findings', () => {
    const neither = new Set(['AT+QDMPCFG', 'AT+QDMPCFGEX']);
    for (const id of ['ERR-FORM', 'ERR-ALIVE', 'AT-FRAME', 'AT-ONE-FINAL', 'BOOT-ALIVE', 'CUT-ATOMIC']) {
      expect(whyAbsent([id], neither)).toBe('this firmware has neither AT+QDMPCFG nor AT+QDMPCFGEX');
    }
    expect(whyAbsent(['CFG-TEST', 'CFG-TEST-TEXT'], neither)).toBeUndefined();
    expect(whyAbsent(['EX-TEST', 'EX-TEST-TEXT'], neither)).toBeUndefined();
  });

  test('do not fail where the absent command was the last they sent', () => {
    const excuses = createExcuses(absent);
    const thrown = { name: 'x' };
    const clauses = ['CFG-ERASE-ISOLATED'];
    expect(excuses.excuse({ clauses, thrown: 'a', last: 'AT+QDMPCFG=4,1' })).toBeUndefined();
    expect(excuses.excuse({ clauses, thrown: 'a', last: undefined })).toBeUndefined();
    expect(excuses.excuse({ clauses: ['EX-TEST'], thrown, last: 'AT+QDMPCFGEX=?' })).toBeUndefined();
    expect(excuses.excuse({ clauses, thrown, last: 'AT+QDMPCFGEX=1,1' })).toBe(
      'this firmware has no AT+QDMPCFGEX',
    );
  });

  test('do not fail because of a failed arrangement that they share', () => {
    const excuses = createExcuses(absent);
    const shared = { name: 'shared' };
    const clauses = ['CFG-SAVE-0'];
    excuses.excuse({ clauses, thrown: shared, last: 'AT+QDMPCFGEX=1,1' });
    expect(excuses.excuse({ clauses, thrown: shared, last: undefined })).toBe(
      'this firmware has no AT+QDMPCFGEX',
    );
    expect(excuses.excuse({ clauses, thrown: { name: 'another' }, last: undefined })).toBeUndefined();
  });
});
