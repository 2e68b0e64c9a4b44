import path from 'node:path';

import { buildSync } from 'esbuild';
import { execa } from 'execa';

import { root } from '../harness/run/e2e/qualify.fixture.ts';
import { type Sample, sampleIn } from './samples.ts';

/** A program that exchanges `AT` and `OK` so many times. */
export interface Client {
  readonly name: string;
  run(device: string, exchanges: number): Promise<Sample>;
}

/** Calls it once: of several processes at a time none must find a file that is being written. */
const once = <Made>(make: () => Made): (() => Made) => {
  let made: { readonly value: Made } | undefined;
  return () => (made ??= { value: make() }).value;
};

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

/**
 * Makes JavaScript of `client.ts` as the suites have it from Jest: tsx calls a function for each function that is made, so
 * that it keeps its name, and allocates a third more for each exchange. @returns its path
 */
const builtClient = once(() => {
  const outfile = path.join(root, 'node_modules/.cache/bench/client.mjs');
  buildSync({
    entryPoints: [own('client.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
  });
  return outfile;
});

/** The client of this project, with its trace in a file. */
export const ownClient = (work: string, number = 0): Client =>
  client(
    'bc26-hil, trace to a file',
    process.execPath,
    [builtClient()],
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
