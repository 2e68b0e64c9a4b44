import { jest } from '@jest/globals';

import { main } from './main.ts';

/** What the program prints on standard error for a wrong command line, and its exit code. */
async function refused(...args: string[]): Promise<{ exitCode: number; said: string }> {
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    return { exitCode: await main(args), said: written.join('') };
  } finally {
    spy.mockRestore();
  }
}

describe('a mistyped name', () => {
  test.each([
    [['help', 'qualifi'], "unknown command 'qualifi' (did you mean qualify?); list them: bc26-hil --help"],
    [['qualifi'], "unknown command 'qualifi' (did you mean qualify?); list them: bc26-hil --help"],
    [['--hlp'], "unknown option '--hlp' (did you mean --help?); list them: bc26-hil --help"],
    [
      ['qualify', '--profil', 'smoke'],
      "unknown option '--profil' (did you mean --profile?); list them: bc26-hil qualify --help",
    ],
    [['emulate', '--falt', 'x'], "unknown option '--falt' (did you mean --fault or --faults?)"],
    [
      ['at', '--rigg=x', 'AT'],
      "unknown option '--rigg=x' (did you mean --rig?); list them: bc26-hil at --help",
    ],
    [
      ['qualify', '--profile', 'nightli'],
      'It must be one of smoke, nightly, release (did you mean nightly?)',
    ],
    [
      ['at', '--fault', 'query-server-wron', 'AT'],
      'no fault is called "query-server-wron" (did you mean query-server-wrong',
    ],
    [['qualify', '--rig', 'emulatd'], "there is no rig 'emulatd' in rigs (did you mean emulated?)"],
    [['clauses', 'CFG-QUARY-*'], 'no clause matches CFG-QUARY-* (did you mean CFG-QUERY-*'],
    [
      ['platform', '--register', 'silnce'],
      '"silnce" is not an answer of the platform (did you mean silence?)',
    ],
  ])('%j ends 2 with the name that was meant, in the first line', async (args, words) => {
    const { exitCode, said } = await refused(...args);
    expect(exitCode).toBe(2);
    expect(said.split('\n')[0]).toMatch(/^[A-Z_]+: /);
    expect(said.split('\n')[0]).toContain(words);
  });

  test('one like no other name suggests nothing', async () => {
    expect((await refused('xyzzyxyzzy')).said).toBe(
      "USAGE: unknown command 'xyzzyxyzzy'; list them: bc26-hil --help\n",
    );
  });

  test('cannot write control characters to the terminal', async () => {
    expect((await refused('\u001b[2Jqualify')).said).toMatch(/^USAGE: unknown command '\\x1b\[2Jqualify'/);
  });
});
