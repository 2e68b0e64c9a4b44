/**
 * The newest whole proof that is kept, in one sentence for README.md (`samples.mjs`).
 *
 *     node .config/proved.mjs             says it
 *     node .config/proved.mjs FOLDER      keeps the proof in this folder of `prove` instead, made on this machine
 *
 * Kept are its figures alone, in `proved.json` beside this file, which is committed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';

/** Another file is for tests. */
const kept = process.env.BC26_HIL_PROVED ?? path.join(import.meta.dirname, 'proved.json');

/** The figures of a proof. @param {string} folder */
function figuresIn(folder) {
  const proof = JSON.parse(readFileSync(path.join(folder, 'prove.json'), 'utf8'));
  const { cells, chosen, shard, planned, profile, commit, startedAt, durationMs } = proof;
  if (chosen || shard || cells.length < planned)
    throw new RangeError(
      `${folder} is no whole proof: it judged chosen firmwares, a part, or was ended early`,
    );
  const count = (kind, outcome) =>
    cells.filter((cell) => cell.kind === kind && (!outcome || cell.outcome === outcome)).length;
  return {
    ...{ startedAt, commit, profile, durationMs },
    ...{ faults: count('fault'), caught: count('fault', 'caught') },
    named: cells.filter(({ cause }) => cause?.named).length,
    ...{ controls: count('control'), passed: count('control', 'passed') },
    machine: `${availableParallelism()} processors (${cpus()[0]?.model.trim() ?? process.arch})`,
  };
}

function sentence() {
  if (!existsSync(kept)) return 'No whole proof is kept yet.';
  const { startedAt, commit, profile, durationMs, faults, caught, named, controls, passed, machine } =
    JSON.parse(readFileSync(kept, 'utf8'));
  const when = `${startedAt.slice(0, 10)}, commit ${commit ?? 'unknown'}, profile ${profile}`;
  return [
    `${when}:`,
    `${caught} of ${faults} faults caught by a clause that they break, ${named} of them named in the first cause`,
    `${passed} of ${controls} sound modules passed`,
    `${Math.ceil(durationMs / 60_000)} minutes on ${machine}`,
  ].join('\n');
}

const [folder] = process.argv.slice(2);
if (folder !== undefined) writeFileSync(kept, `${JSON.stringify(figuresIn(folder), null, 2)}\n`);
console.log(sentence());
