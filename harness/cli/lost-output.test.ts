import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { until } from '../base/until.fixture.ts';
import { commandLine, descendants } from '../run/e2e/endings.fixture.ts';
import { bin, untilPrinted, workFolder } from '../run/e2e/qualify.fixture.ts';

const work = workFolder();
afterAll(() => work.end());

const shell = (line: string) =>
  execa('sh', ['-c', line], { reject: false, stdin: 'ignore', timeout: 60_000 });

describe('a command whose output cannot be written ends as usual', () => {
  test.each([
    ['standard output', '>/dev/full', /^bc26-hil: standard output can no longer be written \(ENOSPC.*\n?$/],
    ['both outputs', '>/dev/full 2>&1', /^$/],
  ])('%s', async (_, to, said) => {
    const { exitCode, stderr } = await shell(`exec "${process.execPath}" "${bin}" clauses ${to}`);
    expect(stderr).toMatch(said);
    expect(exitCode).toBe(0);
  });

  test('the message of an error', async () => {
    const { exitCode, stdout } = await shell(
      `exec "${process.execPath}" "${bin}" clauses --none 2>/dev/full`,
    );
    expect(stdout).toMatch(/^bc26-hil: standard error can no longer be written/);
    expect(exitCode).toBe(2);
  });

  test('a terminal that was closed', async () => {
    const ended = path.join(work.dir, 'ended');
    // The kernel sends SIGHUP to the shell alone, which ignores it and tells how the command has ended.
    const line = `trap '' HUP; "${process.execPath}" "${bin}" platform --listen 127.0.0.1:0; echo $? > ${ended}`;
    const terminal = execa('script', ['-qfc', line, '/dev/null'], { reject: false, stdin: 'ignore' });
    await untilPrinted(terminal.stdout, 'listening at');
    const pid = descendants(terminal.pid!).find((each) => commandLine(each).startsWith(process.execPath));
    terminal.kill('SIGKILL');
    await terminal;
    process.kill(pid!, 'SIGTERM');
    const exitCode = () => (existsSync(ended) ? readFileSync(ended, 'latin1') : '');
    expect(await until(exitCode, (text) => text !== '')).toBe('143\n');
  });
});
