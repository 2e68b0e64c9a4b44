import path from 'node:path';

import { exitCodeOf } from '../../../reports/proof/proof.ts';
import { proofText } from '../../../reports/proof/proof-text.ts';
import { listFaults } from '../../../rigs/control/emulator-faults.ts';
import { findRig } from '../../../rigs/file/find-rig.ts';
import { checkRigFile } from '../../../rigs/file/load-rig-file.ts';
import { isEmulated } from '../../../rigs/file/rig-file.ts';
import { HilError } from '../../base/error.ts';
import type { Profile } from '../../jest/host/profile.ts';
import { collectSuites } from '../qualify/collect-suites.ts';
import { askedCells } from './asked-cells.ts';
import { changeSince, faultsConcerned } from './changed.ts';
import { type Asked, readJournal, startJournal } from './journal.ts';
import { leaveProof } from './leave-proof.ts';
import { mergeProofs } from './merge.ts';
import { newProofFolder } from './proof-folder.ts';
import { prove } from './prove.ts';

/** The options of `prove`, as they were written. */
export interface ProveOptions {
  readonly fault?: string[];
  readonly clause?: string;
  readonly generated?: number;
  readonly control?: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly rig: string;
  readonly jobs: number;
  readonly shard?: { readonly part: number; readonly parts: number };
  readonly resume?: string;
  readonly merge?: string[];
  readonly everyTest?: true;
  readonly changed?: string | true;
  readonly out?: string;
  readonly json?: true;
}

/** Does what the options ask for. @returns the exit code */
export async function act(options: ProveOptions): Promise<number> {
  if (options.merge) {
    const merged = mergeProofs(options.merge, await collectSuites());
    if (options.out !== undefined)
      await leaveProof(newProofFolder(options.out, new Date()), merged, process.stderr);
    process.stdout.write(options.json ? `${JSON.stringify(merged, null, 2)}\n` : proofText(merged));
    return exitCodeOf(merged);
  }
  const fault = options.changed === undefined ? options.fault : await changed(options.changed);
  if (options.changed !== undefined && fault?.length === 0) {
    process.stderr.write('the change concerns no fault of the emulated module\n');
    return 0;
  }
  const begun =
    options.resume === undefined
      ? await begin({ ...options, ...(fault && { fault }) })
      : await again(path.resolve(options.resume));
  const outputs = { progress: process.stderr, summary: process.stdout };
  return prove({ ...begun, jobs: options.jobs, json: options.json === true }, outputs);
}

/** What is asked for is looked at before the folder is made: what is refused leaves none behind. */
async function begin(options: ProveOptions) {
  const { out, profile, seed, rig, fault, generated, clause, control, shard: part, everyTest } = options;
  await checkProofRig(rig);
  const startedAt = new Date();
  const asked: Asked = {
    ...{ profile, seed, rig, startedAt: startedAt.toISOString() },
    faults: fault ?? [],
    generated: generated ?? null,
    clausePattern: clause ?? null,
    controls: control ?? null,
    everyTest: everyTest === true,
    shard: part ?? null,
  };
  const cells = await askedCells(asked);
  const folder = newProofFolder(out, startedAt);
  return { ...cells, folder, journal: startJournal(folder, asked) };
}

/** Each firmware's run would be refused for such a rig. */
async function checkProofRig(named: string): Promise<void> {
  const { rig } = await checkRigFile(await findRig(named));
  if (isEmulated(rig)) return;
  throw new HilError('USAGE', `--rig ${named}: only an emulated board can be given the faults of a proof`, {
    remedy: 'leave --rig out, or give a rig with driver: emulator',
  });
}

async function changed(since: string | true): Promise<string[]> {
  const change = await changeSince(since === true ? 'HEAD' : since);
  return faultsConcerned(await listFaults(), await collectSuites(), change).map(({ id }) => id);
}

async function again(folder: string) {
  const journal = readJournal(folder);
  return { ...(await askedCells(journal.asked)), folder, journal };
}
