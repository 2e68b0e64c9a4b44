/** A run without a board: shows the progress of twelve tests, waits for SIGUSR2 after the sixth, and prints a summary. */
import { planned, ran } from '../../../reports/record/example-run.fixture.ts';
import { systemClock } from '../../base/clock.ts';
import { createProgress } from './progress.ts';

const SIX = 6;
const long = 'whose name is so long that it fits into no terminal, '.repeat(5);
const tests = Array.from({ length: 2 * SIX }, (_, nth) =>
  planned(`test ${nth + 1} 東京 \u001b[2J ${long}`, 'CFG-A'),
);

const progress = createProgress(process.stderr, {
  clock: systemClock,
  planned: tests,
  expected: { startMs: 6_000, endMs: 2_000, perTestMs: () => 2_000 },
});

const run = (part: typeof tests): void =>
  part.forEach((test, nth) => {
    const verdict = nth === 1 ? 'fail' : 'pass';
    ran(test, verdict, 'expected something quite different from what came, and says so at length').forEach(
      progress.show,
    );
  });

progress.show({ type: 'identity', imei: '863703030822519', revision: 'BC26NBR01A07' });
run(tests.slice(0, SIX));
progress.show({ type: 'test-start', name: tests[SIX]?.name ?? '' });
// A key that is typed would be echoed, which moves the cursor.
process.once('SIGUSR2', () => {
  run(tests.slice(SIX));
  progress.end();
  process.stdout.write('\nthe summary\nExit code 0\n');
});
