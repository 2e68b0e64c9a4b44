import path from 'node:path';

import { execa } from 'execa';

import { root } from '../harness/run/e2e/qualify.fixture.ts';
import { type Sample, sampleIn } from './samples.ts';

/** A program that exchanges `AT` and `OK` so many times. */
export interface Client {
  readonly name: string;
  run(device: string, exchanges: number): Promise<Sample>;
}

const own = (file: string): string => path.join(root, '.bench', file);

function client(
  name: string,
  program: string,
  args: readonly string[],
  after: readonly string[] = [],
): Client {
  return {
    name,
    async run(device, exchanges) {
      const { stdout } = await execa(program, [...args, device, String(exchanges), ...after], {
        cwd: root,
        timeout: 600_000,
      });
      return sampleIn(stdout);
    },
  };
}

/** The client of this project, with its trace in a file. */
export const ownClient = (work: string, number = 0): Client =>
  client(
    'bc26-hil, trace to a file',
    process.execPath,
    ['--import', 'tsx', own('client.ts')],
    [path.join(work, `trace-${number}.jsonl`)],
  );

/** Those that are installed here: Debian's python3-serial and python3-labgrid may lack. */
export async function clientsHere(floor: string, work: string): Promise<readonly Client[]> {
  const python = async (name: string, module: string, file: string): Promise<readonly Client[]> => {
    const { exitCode } = await execa('/usr/bin/python3', ['-c', `import ${module}`], {
      reject: false,
      timeout: 30_000,
    });
    return exitCode === 0 ? [client(name, '/usr/bin/python3', [own(file)])] : [];
  };
  return [
    client('write and read, C', floor, []),
    client('serialport alone', process.execPath, [own('bare-client.mjs')]),
    ownClient(work),
    ...(await python('pyserial', 'serial', 'pyserial_client.py')),
    ...(await python('labgrid', 'labgrid', 'labgrid_client.py')),
  ];
}
