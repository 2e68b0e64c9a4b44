import { execa } from 'execa';
import { z } from 'zod';

import type { Random } from '../../harness/platform/coap/random.ts';
import { bin, root } from '../../harness/run/e2e/qualify.fixture.ts';

const listed = z.array(z.object({ id: z.string(), breaks: z.array(z.string()) }));
export type Fault = z.infer<typeof listed>[number];

/** Clauses of pure configuration, which no state of the network and no busy machine can leave undecided. */
const configuration = /^(CFG-(SAVE|ERASE|QUERY|TEST|READ|MASK|ARITY)|EX-(SAVE|ERASE|READ|TEST|ARITY))/;

let known: Promise<readonly Fault[]> | undefined;

async function all(): Promise<readonly Fault[]> {
  const { stdout } = await execa(process.execPath, [bin, 'emulate', '--faults', '--json'], { cwd: root });
  return listed
    .parse(JSON.parse(stdout))
    .filter(({ breaks }) => breaks.every((id) => configuration.test(id)));
}

/** One of the emulated module's faults of configuration. */
export async function drawFault(random: Random): Promise<Fault> {
  const faults = await (known ??= all());
  return faults[Math.floor(random() * faults.length)]!;
}
