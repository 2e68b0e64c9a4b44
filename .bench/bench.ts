// `npm run bench`: what an exchange costs beside other programs, and how everything grows. See README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { measureBoards } from './boards.ts';
import { measureExchanges } from './exchanges.ts';
import { measureHistory } from './history.ts';
import { measureQualify } from './qualify.ts';
import { tableOf } from './table.ts';
import { measureTrace } from './trace.ts';

/** One line of a table: a name, and figures with their units in their names (`median us`). */
export type Row = Readonly<Record<string, string | number>>;

export interface Options {
  /** A folder of this benchmark alone, deleted at its end. */
  readonly work: string;
  readonly exchanges: number;
  readonly rounds: number;
  /** Also the traces and histories that take an hour. */
  readonly full: boolean;
}

const parts: Readonly<
  Record<string, { what: string; measure: (options: Options) => Promise<readonly Row[]> }>
> = {
  exchange: { what: 'One exchange: AT, OK', measure: measureExchanges },
  boards: { what: 'Boards at once, the client of this project', measure: measureBoards },
  qualify: { what: 'A whole qualify, profile smoke, of the emulated module', measure: measureQualify },
  trace: { what: 'A trace of so many lines', measure: measureTrace },
  history: { what: 'A report among so many runs of the same rig', measure: measureHistory },
};

const help = `Usage: npm run bench -- [options]

  --only PARTS     of ${Object.keys(parts).join(', ')}; separated by commas
  --exchanges N    in each round of each program (3000)
  --rounds N       of each program, which take turns (3)
  --full           traces up to 10^7 lines, histories up to 10^4 runs: an hour and 20 GB
  --json FILE      the figures as JSON as well
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(parts).join(',') },
    exchanges: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '3' },
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(help);
  const chosen = values.only.split(',');
  const unknown = chosen.find((name) => !Object.hasOwn(parts, name));
  const [exchanges, rounds] = [Number(values.exchanges), Number(values.rounds)];
  if (unknown !== undefined || !(exchanges >= 10) || !(rounds >= 1)) {
    process.stderr.write(
      `bench: ${unknown === undefined ? '--exchanges from 10, --rounds from 1' : `no part ${unknown}`}\n\n${help}`,
    );
    process.exitCode = 2;
    return;
  }
  const work = mkdtempSync(path.join(tmpdir(), 'bc26-hil-speed-'));
  const remove = (): void => rmSync(work, { recursive: true, force: true });
  // The programs of this benchmark end with its terminal; what they wrote would stay.
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => {
      remove();
      process.exit(code);
    });
  // The programs that are started keep their state where they cannot meet that of the user.
  process.env['BC26_HIL_STATE'] = path.join(work, 'state');
  const machine = {
    at: new Date().toISOString(),
    cpu: `${cpus().length} x ${cpus()[0]?.model}`,
    node: process.version,
    loadBefore: loadavg()[0],
  };
  const results: Record<string, readonly Row[]> = {};
  process.stdout.write(
    `${machine.at}, ${machine.cpu}, Node ${machine.node}, load ${machine.loadBefore?.toFixed(2)}\n`,
  );
  try {
    for (const name of chosen) {
      const { what, measure } = parts[name]!;
      results[name] = await measure({ work, exchanges, rounds, full: values.full });
      process.stdout.write(`\n${what}\n\n${tableOf(results[name])}\n`);
      if (values.json !== undefined)
        writeFileSync(values.json, JSON.stringify({ machine, results }, null, 2));
    }
  } finally {
    remove();
  }
}
await main();
