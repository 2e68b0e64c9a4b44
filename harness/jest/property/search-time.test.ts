import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { fakeDialogue } from './dialogue.fixture.ts';
import { plan, verdict } from './plan.fixture.ts';
import { search } from './search.ts';

type Plan = ReturnType<typeof plan>;

/** Searches with inputs that take this long each; commands in `broken` show the failure. */
async function searchSlowly(eachMs: number, own: Partial<Plan> = {}, broken: readonly string[] = []) {
  const clock = new ManualClock();
  const { fixtures, heard } = fakeDialogue((command) => (broken.includes(command) ? ['BROKEN'] : undefined));
  const quick = plan(own);
  const check: Plan['check'] = async (input, from, dialogue, judge) => {
    await quick.check(input, from, dialogue, judge);
    clock.advance(eachMs);
  };
  return { findings: await search(fixtures, { ...quick, check }, clock), heard };
}

test('once the time is over nothing more is sent', async () => {
  const { findings, heard } = await searchSlowly(600);
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.length).toBeLessThanOrEqual(16);
  expect(findings.effort).toBe('2 of 20 inputs tried, since their time was over');
});

describe('inputs that every run tries, and for which there was no time', () => {
  const examples = [['ATI1'], ['ATI2'], ['ATI3']];

  test('leave a clause undecided', async () => {
    // There is no time for all of the drawn ones either, which only makes them fewer.
    expect(verdict((await searchSlowly(400, { examples })).findings, 'ERR-FORM')).toBe('pass');
    expect(verdict((await searchSlowly(600, { examples })).findings, 'ERR-FORM')).toBe('inconclusive');
  });

  test('leave one undecided that none of the others judged', async () => {
    expect(verdict((await searchSlowly(400, { examples })).findings, 'CFG-ERASE-4')).toBe('not-run');
    expect(verdict((await searchSlowly(600, { examples })).findings, 'CFG-ERASE-4')).toBe('inconclusive');
  });

  test('change nothing of a failure', async () => {
    const { findings } = await searchSlowly(600, { examples }, ['ATI1']);
    expect(verdict(findings, 'ERR-FORM')).toContain('expected OK, got BROKEN');
  });
});

describe('a failing input', () => {
  const examples = [['AT+QDMPCFG=4,0', 'AT+QDMPCFG=0,7'], ['ATI2'], ['ATI3']];

  test('is shortened no longer than the plan says; then further inputs are tried', async () => {
    const own = { examples, runs: 3, withinMs: 1_000, shorteningMs: 0 };
    const { findings, heard } = await searchSlowly(200, own, ['AT+QDMPCFG=0,7']);
    expect(verdict(findings, 'ERR-FORM')).toContain('show it:\n  AT+QDMPCFG=4,0\n  AT+QDMPCFG=0,7');
    expect(heard.slice(0, 4)).toEqual(['AT+QDMPCFG=4,0', 'AT+QDMPCFG=0,7', 'ATI2', 'ATI3']);
  });

  test('is shortened though it was found late', async () => {
    const own = { examples, withinMs: 100, shorteningMs: 10_000 };
    const { findings } = await searchSlowly(200, own, ['AT+QDMPCFG=0,7']);
    expect(verdict(findings, 'ERR-FORM')).toMatch(/show it:\n {2}AT\+QDMPCFG=0,7$/);
  });
});
