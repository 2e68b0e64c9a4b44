import { proofCellOf, proofOf } from '../../../reports/proof/proof.fixture.ts';
import type { Proof, ProofCell } from '../../../reports/proof/proof.ts';
import { listFaults } from '../../../rigs/control/emulator-faults.ts';
import { failableClauses, idleClauses, matrixOf } from '../prove/matrix.ts';
import { collectSuites } from '../qualify/collect-suites.ts';

/** Some faults, by how they come out; the others are caught. */
const ends: Readonly<Record<number, Partial<ProofCell>>> = {
  3: { outcome: 'survived', failed: [], why: 'exit code 0' },
  40: { outcome: 'survived', failed: [], why: 'exit code 0' },
  77: { outcome: 'blamed-wrongly', failed: ['CFG-TEST', 'EX-TEST'] },
  120: {
    outcome: 'undecided',
    failed: [],
    why: 'exit code 4: </script><img src=x onerror=alert(1)>\u202egpj',
  },
};

const share = (name: string, caught: number, judged: number) => ({
  name,
  caught,
  judged,
  low: 0.91,
  high: 0.997,
});

/** As a sample of generated faults adds them to a proof. */
const shares = {
  operators: [share('lost-at-5', 3, 4), share('cut-at-3', 56, 56)],
  places: [share('access.server.read', 60, 60)],
};

/** A proof as a whole one is: all faults of the emulator, all clauses and tests of the suites, with controls. */
export async function wholeProof(): Promise<Proof> {
  const tests = await collectSuites();
  const faults = (await listFaults()).map(({ id, describe, breaks }, index) => {
    const failing = failableClauses[(index * 7) % failableClauses.length]!.id;
    const failed = [breaks[0]!, ...(index % 3 === 0 ? [failing] : [])];
    const { outcome = 'caught', ...end } = ends[index] ?? {};
    const test = tests.find(({ clauses }) => clauses.includes(breaks[0]!))?.name ?? tests[0]!.name;
    const caughtBy = { test, chapter: test.split(' › ')[0]!, clauses: breaks.slice(0, 1) };
    return proofCellOf(id, {
      ...{ describe, breaks: [...breaks], failed, outcome, tests: outcome === 'survived' ? [] : [test] },
      ...{ caughtBy: outcome === 'caught' ? caughtBy : undefined },
      durationMs: 4_000 + ((index * index * 37) % 90_000),
      ...end,
    });
  });
  const controls = Array.from({ length: 55 }, (_, index) =>
    proofCellOf(`random-${index + 1}`, {
      ...{ kind: 'control', describe: 'sound', breaks: [], failed: [], tests: [], caughtBy: undefined },
      outcome: 'passed',
      durationMs: 150_000,
    }),
  );
  const cells = [...faults, ...controls];
  return proofOf(cells, {
    ...{ clauses: failableClauses, idle: idleClauses(cells), matrix: matrixOf(cells, tests) },
    sample: { drawn: 60, of: 2_765, all: share('all', 59, 60), ...shares },
    durationMs: 1_950_000,
  });
}
