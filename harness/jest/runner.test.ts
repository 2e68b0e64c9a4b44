import { execa } from 'execa';

const runner = new URL('runner.mjs', import.meta.url).href;

/** Runs a suite file of which the body is given; in a process of its own, since its Jest is not this one. */
async function resultOf(body: string, isLeft = false): Promise<unknown> {
  const script = `
    const { default: run } = await import(${JSON.stringify(runner)});
    const environment = { isLeft: ${String(isLeft)}, global: {} };
    const runtime = { unstable_importModule: async () => { const { test } = environment.global; ${body} } };
    const { numPassingTests, testResults, testExecError } = await run({}, {}, environment, runtime, 'a.suite.ts');
    console.log(JSON.stringify({ numPassingTests, titles: testResults.map(({ title }) => title), testExecError }));
  `;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout);
}

test('the tests of a file are run in their order', async () => {
  const body = `const ran = [];
    for (const title of ['a', 'b']) test(title, async () => { ran.push(title); });
    test('c', async () => { if (ran.join() !== 'a,b') throw new Error(ran.join()); });`;
  expect(await resultOf(body)).toEqual({ numPassingTests: 3, titles: ['a', 'b', 'c'] });
});

test('an error that a test throws is one of the run: what fails by the module never throws here', async () => {
  expect(await resultOf("test('a', async () => { throw new Error('ours'); });")).toMatchObject({
    testExecError: { stack: expect.stringMatching(/^Error: ours\n/) as string },
  });
});

test('an error that nothing catches is an error of the run, and its tests go on', async () => {
  const body =
    'test("a", async () => { void Promise.reject(new Error("lost")); await new Promise(setImmediate); }); test("b", async () => {});';
  expect(await resultOf(body)).toEqual({
    numPassingTests: 2,
    titles: ['a', 'b'],
    testExecError: {
      message: 'left an error that nothing caught',
      stack: expect.stringMatching(/^Error: lost\n/) as string,
    },
  });
});

test('a rejection that is caught later is none', async () => {
  const body =
    'test("a", async () => { const late = Promise.reject(new Error("late")); await new Promise(setImmediate); await late.catch(() => {}); });';
  expect(await resultOf(body)).toEqual({ numPassingTests: 1, titles: ['a'] });
});

test('a file in which nothing is to be judged any more is not loaded', async () => {
  expect(await resultOf('throw new Error("loaded");', true)).toEqual({
    numPassingTests: 1,
    titles: ['left out'],
  });
});
