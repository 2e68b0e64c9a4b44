import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { until } from '../../base/until.fixture.ts';
import { workFolder } from './qualify.fixture.ts';

export interface ScriptedModule {
  /** The rig file of a board without switches, whose module this is. */
  readonly rig: string;
  /** The commands that it received, in order. */
  readonly commands: readonly string[];
  end(): Promise<void>;
}

/**
 * A module that answers by a function, behind a real pseudo-terminal: script(1) makes one and passes on what it is fed
 * and what it prints.
 * @param answer the lines of the answer to a command
 */
export async function startScriptedModule(
  answer: (command: string) => readonly string[],
): Promise<ScriptedModule> {
  const folder = workFolder();
  const nameFile = folder.file('device', '');
  const held = `stty raw -echo; tty > '${nameFile}'; exec sleep 3600`;
  const terminal = spawn('script', ['-qec', held, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(terminal, 'exit');
  const commands: string[] = [];
  let rest = '';
  terminal.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\r');
    rest = lines.pop() ?? '';
    for (const command of lines) {
      commands.push(command);
      terminal.stdin.write(
        answer(command)
          .map((line) => `\r\n${line}\r\n`)
          .join(''),
      );
    }
  });
  const device = await until(
    () => readFileSync(nameFile, 'utf8').trim(),
    (name) => name !== '',
    30_000,
  );
  return {
    commands,
    rig: folder.file(
      'scripted.yaml',
      `name: scripted-${path.basename(folder.dir)}
serial: { path: ${device} }
control: { driver: command, on: ['true'], off: ['true'] }
module: { imei: '863703030822519', firmware: BC26NBR01A07, bootDeadlineMs: 4000 }`,
    ),
    async end() {
      terminal.kill('SIGKILL');
      await ended;
      folder.end();
    },
  };
}
