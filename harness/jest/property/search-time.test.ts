import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { fakeDialogue } from './dialogue.fixture.ts';
import { plan, verdict } from './plan.fixture.ts';
import { search } from './search.ts';

test('once the time is over nothing more is sent', async () => {
  const clock = new ManualClock();
  const { fixtures, heard } = fakeDialogue(() => undefined);
  const own = plan();
  const check: typeof own.check = async (input, from, dialogue, judge) => {
    await own.check(input, from, dialogue, judge);
    clock.advance(600);
  };
  const { effort } = await search(fixtures, { ...own, check }, clock);
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.length).toBeLessThanOrEqual(16);
  expect(effort).toBe('2 of 20 inputs tried, since their time was over');
});

test('inputs that every run tries, and for which there was no time, leave the clause undecided', async () => {
  const judged = async (eachMs: number): Promise<string> => {
    const clock = new ManualClock();
    const { fixtures } = fakeDialogue(() => undefined);
    const own = plan({ examples: [['ATI1'], ['ATI2'], ['ATI3']] });
    const check: typeof own.check = async (input, from, dialogue, judge) => {
      await own.check(input, from, dialogue, judge);
      clock.advance(eachMs);
    };
    return verdict(await search(fixtures, { ...own, check }, clock), 'ERR-FORM');
  };
  // There is no time for all of the drawn ones either, which only makes them fewer.
  expect(await judged(400)).toBe('pass');
  expect(await judged(600)).toBe('inconclusive');
});

test('where the time for shortening is over, further inputs are tried all the same', async () => {
  const clock = new ManualClock();
  const { fixtures, heard } = fakeDialogue((command) => (command === 'ATI1' ? ['BROKEN'] : undefined));
  const own = plan({
    examples: [['AT+QDMPCFG=4,0', 'ATI1'], ['ATI2'], ['ATI3']],
    untilMs: { trying: 1_000, shortening: 100 },
  });
  const check: typeof own.check = async (input, from, dialogue, judge) => {
    await own.check(input, from, dialogue, judge);
    clock.advance(200);
  };
  const findings = await search(fixtures, { ...own, check }, clock);
  expect(verdict(findings, 'ERR-FORM')).toContain('show it:\n  AT+QDMPCFG=4,0\n  ATI1');
  expect(heard.slice(0, 4)).toEqual(['AT+QDMPCFG=4,0', 'ATI1', 'ATI2', 'ATI3']);
});
