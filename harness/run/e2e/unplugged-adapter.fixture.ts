import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';

import { until } from '../../base/until.fixture.ts';

/** A serial adapter between a program and a device: it can be pulled out. */
export interface Adapter {
  readonly device: string;
  unplug(): Promise<void>;
}

/**
 * script(1) makes a pseudo-terminal and passes on what it and the device send.
 * @param nameFile for the name of the pseudo-terminal
 */
export async function plugIn(device: string, nameFile: string): Promise<Adapter> {
  const line = openSync(device, constants.O_RDWR | constants.O_NOCTTY);
  const held = `stty raw -echo; tty > '${nameFile}.new'; mv '${nameFile}.new' '${nameFile}'; exec sleep 3600`;
  const adapter = spawn('script', ['-qec', held, '/dev/null'], { stdio: [line, line, 'inherit'] });
  closeSync(line);
  const ended = once(adapter, 'exit');
  const name = (): string => {
    try {
      return readFileSync(nameFile, 'utf8').trim();
    } catch {
      return '';
    }
  };
  return {
    device: await until(name, (text) => text !== '', 30_000),
    async unplug() {
      if (adapter.kill('SIGKILL')) await ended;
    },
  };
}
