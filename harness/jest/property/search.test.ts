import fc from 'fast-check';

import { ManualClock } from '../../base/manual-clock.fixture.ts';
import { fakeDialogue, type Reply } from './dialogue.fixture.ts';
import { plan, spending, verdict } from './plan.fixture.ts';
import { search } from './search.ts';

const saves = (command: string): boolean => /^AT\+QDMPCFG=0,/.test(command);

test('the same seed sends the same commands, another seed others', async () => {
  const heard = async (seed: number) => {
    const { fixtures, heard } = fakeDialogue(() => undefined, seed);
    await search(fixtures, plan(), new ManualClock());
    return heard;
  };
  expect(await heard(7)).toEqual(await heard(7));
  expect(await heard(7)).not.toEqual(await heard(8));
});

test('a failing input is shortened to the one command that shows it', async () => {
  const { fixtures } = fakeDialogue((command) => (command === 'AT+QDMPCFG=0,7' ? ['BROKEN'] : undefined));
  const findings = await search(fixtures, plan(), new ManualClock());
  expect(verdict(findings, 'ERR-FORM')).toBe(
    [
      'ERR-FORM: AT+QDMPCFG=0,7: expected OK, got BROKEN',
      'starting from what these save:',
      '  AT+QDMPCFG=0,0',
      'the shortest commands found that show it:',
      '  AT+QDMPCFG=0,7',
    ].join('\n'),
  );
});

test('the replay is what was sent, in its order', async () => {
  let saved = false;
  const reply = (command: string): Reply | undefined => {
    if (command === 'AT+QDMPCFG=4,0' && saved) return ['BROKEN'];
    if (command === 'start') saved = false;
    saved ||= command === 'AT+QDMPCFG=0,1';
    return undefined;
  };
  const { fixtures, heard } = fakeDialogue(reply);
  const own = plan();
  const check: typeof own.check = async (input, from, dialogue, judge) => {
    await dialogue.aside.at('start');
    await own.check(input, from, dialogue, judge);
  };
  const findings = await search(fixtures, { ...own, check }, new ManualClock());
  const replay = ['AT+QDMPCFG=0,1', 'AT+QDMPCFG=4,0'];
  expect(verdict(findings, 'ERR-FORM')).toContain(`show it:\n  ${replay.join('\n  ')}`);
  expect(heard.join('\r')).toContain(['start', ...replay, 'start'].join('\r'));
});

test('no more writes are accepted than may be spent, and none beyond while shortening', async () => {
  const costs = { exploring: spending(5), total: spending(9) };
  const good = fakeDialogue((command) =>
    command === 'AT+QDMPCFG=4,0' ? ['+QDMPCFG: 0,1', 'OK'] : undefined,
  );
  await search(good.fixtures, plan({ costs }), new ManualClock());
  expect(good.heard.filter(saves)).toHaveLength(5);

  let writes = 0;
  const bad = fakeDialogue((command) => (saves(command) ? (++writes, ['OK']) : ['BROKEN']));
  await search(
    bad.fixtures,
    plan({
      costs,
      check: async (input, _from, dialogue, judge) => {
        for (const line of input) await dialogue.at(line);
        judge('ERR-FORM', !input.some(saves), () => ({ what: 'saves sent', expected: 'none', got: 'one' }));
      },
    }),
    new ManualClock(),
  );
  expect(writes).toBe(9);
});

test('what is spent on reaching a state does not reduce the inputs, and has its own limit', async () => {
  const searched = async (starting: number) => {
    const { fixtures, heard } = fakeDialogue((command) =>
      command === 'AT+QDMPCFG=4,0' ? ['+QDMPCFG: 0,1', 'OK'] : undefined,
    );
    const own = plan({
      runs: 4,
      inputs: fc.constant(['AT+QDMPCFG=0,1']),
      costs: { exploring: spending(4, starting), total: spending(4, starting) },
      async reachState(_, dialogue) {
        await dialogue.aside.at('AT+QDMPCFG=0,0');
        return 0;
      },
    });
    return { findings: await search(fixtures, own, new ManualClock()), heard };
  };
  const rich = await searched(4);
  expect(rich.heard.filter((line) => line === 'AT+QDMPCFG=0,1')).toHaveLength(4);
  expect(rich.findings.effort).toBe('4 of 4 inputs tried');
  const poor = await searched(2);
  expect(poor.heard.filter((line) => line === 'AT+QDMPCFG=0,1')).toHaveLength(2);
  expect(poor.findings.effort).toMatch(/^\d of 4 inputs tried, since what they may spend was spent$/);
});

test('examples are tried first, with any seed', async () => {
  const { fixtures, heard } = fakeDialogue(() => undefined, 3);
  await search(fixtures, plan({ examples: [['ATI1'], ['ATI2']], runs: 3 }), new ManualClock());
  expect(heard.slice(0, 2)).toEqual(['ATI1', 'ATI2']);
  expect(heard.length).toBeGreaterThan(2);
});

test('examples that a failure kept back are tried after it', async () => {
  const { fixtures, heard } = fakeDialogue((command) => (command === 'ATI1' ? ['BROKEN'] : undefined), 3);
  await search(fixtures, plan({ examples: [['ATI1'], ['ATI2'], ['ATI3']], runs: 4 }), new ManualClock());
  expect(heard.filter((command) => command !== 'ATI1').slice(0, 2)).toEqual(['ATI2', 'ATI3']);
});

test('a clause that no input judged is not run', async () => {
  const { fixtures } = fakeDialogue(() => undefined);
  expect(verdict(await search(fixtures, plan(), new ManualClock()), 'CFG-ERASE-4')).toBe('not-run');
});

test('a module that restarts fails ERR-ALIVE, is set up again, and the input is shortened', async () => {
  const { fixtures, heard } = fakeDialogue((command) =>
    command === 'AT+QDMPCFG=0,7' ? 'restarts' : undefined,
  );
  const findings = await search(fixtures, plan(), new ManualClock());
  expect(verdict(findings, 'ERR-ALIVE')).toMatch(/restarted[^]*show it:\n {2}AT\+QDMPCFG=0,7$/);
  expect(heard).toContain('AT+CMEE=1');
});

test('a command that is never answered, by a module that answers AT, fails AT-ONE-FINAL alone', async () => {
  const { fixtures } = fakeDialogue((command) => (command === 'AT+QDMPCFG=0,7' ? 'silence' : undefined));
  const findings = await search(fixtures, plan(), new ManualClock());
  expect(verdict(findings, 'AT-ONE-FINAL')).toMatch(
    /got none, and AT is answered again[^]*show it:\n {2}AT\+QDMPCFG=0,7$/,
  );
  expect(verdict(findings, 'ERR-ALIVE')).toBe('not-run');
});

test('a module that falls silent ends the search', async () => {
  let gone = false;
  const { fixtures, heard } = fakeDialogue((command) => {
    gone ||= command === 'AT+QDMPCFG=0,7';
    return gone ? 'silence' : undefined;
  });
  const findings = await search(fixtures, plan(), new ManualClock());
  expect(verdict(findings, 'ERR-ALIVE')).toContain('got none, and none to AT any more');
  expect(heard.slice(heard.indexOf('AT+QDMPCFG=0,7') + 1)).toEqual(['AT', 'AT']);
});

test('an error that ends the test is thrown, and nothing more is sent', async () => {
  const { fixtures, heard } = fakeDialogue(() => undefined);
  const failing = search(
    fixtures,
    plan({ check: () => Promise.reject(new TypeError('the suite is wrong')) }),
    new ManualClock(),
  );
  await expect(failing).rejects.toMatchObject({ message: 'the suite is wrong' });
  expect(heard).toEqual([]);
});

test('a failure is shortened from the state in which it was found, and shows how to reach that state', async () => {
  const { fixtures } = fakeDialogue(() => undefined);
  let runs = 0;
  const starts: (number | undefined)[] = [];
  const findings = await search(
    fixtures,
    plan({
      reachState(wanted) {
        starts.push(wanted);
        return Promise.resolve(wanted ?? ++runs);
      },
      async check(input, from, dialogue, judge) {
        for (const line of input) await dialogue.at(line);
        judge('ERR-FORM', from !== 3, () => ({ what: 'the state', expected: 'another', got: '3' }));
      },
    }),
    new ManualClock(),
  );
  expect(starts.slice(0, 3)).toEqual([undefined, undefined, undefined]);
  expect(starts[3]).toBe(3);
  expect(verdict(findings, 'ERR-FORM')).toMatch(/what these save:\n {2}AT\+QDMPCFG=0,3\n[^\n]*\n {2}\S+$/);
});
