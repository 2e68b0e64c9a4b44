import { toNs } from '../base/clock.ts';
import { addDebt, markAnswered, maySend, noDebt, payOne } from './debt.ts';
import { nextStep } from './settle.ts';
import { times } from './times.ts';

/** Given up at 1000 ms. */
const owing = addDebt(noDebt, 'AT+QDMPCFG?', 1, toNs(1000));
const late = toNs(1000 + times.lateAnswerMs);

describe('a line that owes an answer', () => {
  test('waits for it, counted from when its command was given up', () => {
    expect(nextStep(owing, toNs(1400), 0)).toEqual({ do: 'wait', ms: times.lateAnswerMs - 400 });
  });

  test('is then probed twice, and given up', () => {
    expect([0, 1, 2].map((probes) => nextStep(owing, late, probes).do)).toEqual([
      'probe',
      'probe',
      'give-up',
    ]);
  });

  test('must be quiet for longer than an AT takes once one of several finals came', () => {
    const one = markAnswered(payOne(addDebt(owing, 'AT', 1, toNs(1000))));
    expect(nextStep(one, late, 1)).toEqual({ do: 'quiet', ms: times.surplusQuietMs });
  });

  test('must be quiet for a moment once all came', () => {
    expect(nextStep(payOne(owing), toNs(1001), 0)).toEqual({ do: 'quiet', ms: times.settledQuietMs });
  });

  test('that owes OKs to ATs only, and answers, waits for what comes back to back', () => {
    const bare = markAnswered(addDebt(noDebt, 'at', 3, toNs(1000)));
    expect(nextStep(bare, late, 0)).toEqual({ do: 'quiet', ms: times.bareSurplusQuietMs });
  });

  test('takes an AT at once only if it owes for nothing but ATs', () => {
    const bare = addDebt(noDebt, 'AT', 1, 0n);
    expect(maySend(noDebt, 'ATI')).toBe(true);
    expect(maySend(bare, 'at')).toBe(true);
    expect(maySend(bare, 'ATI')).toBe(false);
    expect(maySend(owing, 'AT')).toBe(false);
  });
});

test('an answer before another command was given up does not count for the later one', () => {
  const again = addDebt(markAnswered(owing), 'AT+QDMPCFG=6', 1, toNs(2000));
  expect(again).toMatchObject({ owed: 2, answered: false, commands: ['AT+QDMPCFG?', 'AT+QDMPCFG=6'] });
});
