import { HilError } from '../../base/error.ts';
import { createAfterSilence } from './after-silence.ts';
import type { Attempt, SilenceFound } from './attempt.ts';

const failed: Attempt = {
  outcome: { verdict: 'fail', reason: 'AT_TIMEOUT: no final result' },
  mayBeFlaky: false,
  expectationFailed: false,
  unseen: [],
};
const { signal } = new AbortController();
const text = 'the module falls silent after AT+QDMPCFG=6';
const after = (found: SilenceFound | HilError | undefined, made = failed) =>
  createAfterSilence({
    examine: () => (found instanceof Error ? Promise.reject(found) : Promise.resolve(found)),
  })(made, signal);

test.each([
  ['was none', undefined, 'fail'],
  ['is the fault of the command that was not answered', { verdict: 'fail', guilty: true, text }, 'fail'],
  ['is the fault of a command before it', { verdict: 'fail', guilty: false, text }, 'not-run'],
  ['did not come again', { verdict: 'flaky', guilty: false, text }, 'flaky'],
] as const)('a failed attempt whose silence %s', async (_name, found, verdict) => {
  const { outcome } = await after(found);
  expect(outcome.verdict).toBe(verdict);
  expect(outcome.reason).toContain('AT_TIMEOUT: no final result');
  expect(outcome.reason?.includes(text)).toBe(verdict !== 'fail');
});

test('a rig that fails meanwhile ends the run, and the failure stands', async () => {
  const dead = new HilError('MODULE_DEAD', 'nothing brings it back');
  expect(await after(dead)).toEqual({ ...failed, rigError: dead });
  expect(await after(new HilError('MODULE_SILENCED', 'for good'))).toEqual(failed);
});

test('an attempt that did not fail is not examined', async () => {
  const passed: Attempt = { ...failed, outcome: { verdict: 'pass' } };
  expect(await after(new HilError('MODULE_DEAD', 'never asked'), passed)).toBe(passed);
});

test('a silence is that of each test that shares the preparation in which the module fell silent', async () => {
  const found: (SilenceFound | undefined)[] = [{ verdict: 'flaky', guilty: false, text }];
  const judge = createAfterSilence({ examine: () => Promise.resolve(found.shift()) });
  const thrown = new HilError('AT_TIMEOUT', 'no final result');
  const verdictOf = async (made: Attempt) => (await judge(made, signal)).outcome.verdict;
  expect(await verdictOf({ ...failed, thrown })).toBe('flaky');
  expect(await verdictOf({ ...failed, thrown })).toBe('flaky');
  expect(await verdictOf({ ...failed, thrown: new HilError('AT_TIMEOUT', 'another') })).toBe('fail');
  expect(await verdictOf(failed)).toBe('fail');
});
