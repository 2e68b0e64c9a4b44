import type { Entry } from '../record/entry.ts';
import { clauseFacts, planned, portGone, ran, runEnd, runStart } from '../record/example-run.fixture.ts';
import { foldRecord } from '../record/fold-record.ts';
import { checkWellFormed, junitXml } from './junit.ts';
import { casesOf, outcome } from './junit-document.fixture.ts';

const clauses = [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'I')];

describe('junit.xml of a run with problems', () => {
  const only = planned('passes', 'CFG-A');
  const troubled = async (profile: string, ...entries: Entry[]) => {
    const record = foldRecord([runStart([only], clauses, { profile }), ...entries, runEnd]);
    const cases = await casesOf(record);
    return { exitCode: record.exitCode, run: outcome(cases[cases.length - 1]!) };
  };

  test.each([
    ['the rig failed before the first test', 'nightly', [portGone], 3, /PORT_GONE.*\nplug it in again/],
    [
      'it was interrupted',
      'nightly',
      [{ type: 'interrupted', signal: 'SIGINT' }],
      130,
      /interrupted: SIGINT/,
    ],
    ['the suites ended early', 'nightly', [], 3, /the suites ended early/],
    ['nothing was judged', 'nightly', ran(only, 'not-run', 'not selected'), 4, /exit code 4/],
    [
      'a release left a stated clause out',
      'release',
      ran(only, 'not-run', 'no'),
      4,
      /not-run in a release: CFG-A/,
    ],
  ] as [string, string, Entry[], number, RegExp][])(
    'is not green when %s',
    async (_what, profile, entries, exitCode, says) => {
      const { exitCode: found, run } = await troubled(profile, ...entries);
      expect(found).toBe(exitCode);
      expect(run?.name).toBe('error');
      expect(run?.text).toMatch(says);
      expect(run?.attributes).toMatchObject({ type: 'run', message: run?.text.split('\n')[0] });
    },
  );

  test('counts the stated clauses that a release of some clauses left out', async () => {
    const [first, ...others] = clauses;
    const left = others.map((clause) => ({ ...clause, status: 'S' as const, unselected: true }));
    const record = foldRecord([
      runStart([only], [first!, ...left], { profile: 'release' }),
      ...ran(only, 'pass'),
      runEnd,
    ]);
    const cases = await casesOf(record);
    expect(record.exitCode).toBe(4);
    expect(outcome(cases[cases.length - 1]!)?.text).toContain(
      `not-run in a release: ${left.length} stated clauses not selected by --clause`,
    );
  });
});

describe('junit.xml of a module that sends arbitrary bytes', () => {
  const everything = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code)).join('');
  const hostile = `${everything}\ud800 \udc00\ufffe\uffff ]]> --> <!-- & "' <?x ?> $& $1 $\` {title} \u001b[31m\u{1f600}`;

  test('is well-formed and keeps the rest of the text', async () => {
    const test1 = { name: `f${hostile} › t`, file: `f${hostile}`, title: `t${hostile}`, clauses: ['CFG-A'] };
    const test2 = planned(`skip ${hostile}`, hostile);
    const record = foldRecord([
      runStart([test1, test2], [...clauses, { ...clauseFacts('CFG-A', 'S'), id: hostile, text: hostile }], {
        rig: hostile,
        commit: hostile,
      }),
      { type: 'identity', imei: hostile, revision: hostile },
      ...ran(test1, 'fail', hostile),
      ...ran(test2, 'not-run', hostile),
      { type: 'rig-error', code: hostile, message: hostile, remedy: hostile },
      runEnd,
    ]);
    const cases = await casesOf(record);
    expect(cases).toHaveLength(3);
    expect(cases[0]?.attributes.name).toContain('$& $1 $` {title} \\x1b[31m\u{1f600} [CFG-A]');
    expect(outcome(cases[0]!)?.text).toContain('\\x00\\x01');
    expect(outcome(cases[0]!)?.attributes.message).toMatch(/^CFG-A: \\x00\\x01.*/);
    expect(outcome(cases[0]!)?.text).toContain('\\ud800 \\udc00\\ufffe\\uffff ]]> --> <!-- &');
    expect(outcome(cases[1]!)?.attributes.message).toContain('<?x ?>');
  });

  test('has every text in CDATA sections and no entity that a reader might show as it is', async () => {
    const reason = `it's <b> & "b" ]]>`;
    const record = foldRecord([
      runStart([planned(reason, 'CFG-A')], clauses),
      ...ran(planned(reason, 'CFG-A'), 'fail', reason),
      runEnd,
    ]);
    const xml = await junitXml(record);
    const text = xml.replace(/="[^"]*"/g, '').replace(/<!\[CDATA\[.*?\]\]>/gs, '');
    expect(text).not.toContain('&');
    expect(xml).not.toContain('&apos;');
    expect(outcome((await casesOf(record))[0]!)?.text).toContain(reason);
  });

  test('is refused if it is not well-formed', () => {
    for (const bad of ['<a>\u0000</a>', '<a>', '<a>]]></a>', '<a b="\u0001"/>', '<a>&nope;</a>', '']) {
      expect(() => checkWellFormed(bad)).toThrow(expect.objectContaining({ code: 'REPORT_FAILED' }) as Error);
    }
  });
});
