import { statSync } from 'node:fs';

import { Command } from 'commander';

import type { Verified } from '../../reports/seal/verify.ts';
import type { Finish } from './finish.ts';

/** `verify RUN|BUNDLE [--key PUB]`: whether a run is as it was, and its verdicts follow from its trace. */
export function verifyCommand(finish: Finish): Command {
  return new Command('verify')
    .description('check that a run or a bundle was not changed, and that its verdicts follow from its trace')
    .argument('<run>', 'the folder of a run, or an archive that `bundle` made')
    .option(
      '--key <file>',
      'the public key of those who signed the bundle (ed25519, PEM): else it is refused',
    )
    .option('--suites', 'derive each verdict again: the suites run once more, on the trace')
    .addHelpText(
      'after',
      `
A run is sealed when it ends: seal.json has the SHA-256 of each file and a chain of hashes over the trace, so that a
change is found, and where in the trace it is. Who can change a file can make a new seal, too: only a signature
(\`bundle --sign\`) shows that nobody did. Then the record is made again from the trace, and each verdict compared.

With --suites the suites of now run once more, with the trace in the place of the module (bc26-hil replay), and each
verdict that is another one than in the record is named. It is asked for, since it takes up to as long as the run
computed: half a minute for a nightly one. A verdict that differs says that suites or harness have changed since.

Exit code 0 when all is as it was; 1 with one line for each difference; 2 when there is nothing to check, or no key;
3 when the suites now send something else than in the trace.

  bc26-hil verify reports/latest
  bc26-hil verify reports/latest --suites
  bc26-hil verify 2026-01-31T09-05-07Z-bench-1.tar.gz --key release.pub`,
    )
    .action(async (run: string, { key, suites = false }: { key?: string; suites?: boolean }) => {
      const { withUnpacked } = await import('../../reports/seal/bundle.ts');
      const packed = statSync(run, { throwIfNoEntry: false })?.isFile() === true;
      const verify = (dir: string): Promise<Verified> => verifyWhole(dir, key, suites);
      const found = packed ? await withUnpacked(run, verify) : await verify(run);
      process.stdout.write(textOf(found));
      finish(found.differences.length === 0 ? 0 : 1);
    });
}

/** A run that was changed is not judged again. */
async function verifyWhole(dir: string, key: string | undefined, suites: boolean): Promise<Verified> {
  const { verifyRun } = await import('../../reports/seal/verify.ts');
  const found = verifyRun(dir, key);
  if (!suites || found.differences.length > 0) return found;
  const { differencesFromSuites } = await import('../run/verify/derive-verdicts.ts');
  return { ...found, differences: await differencesFromSuites(dir, process.stderr) };
}

function textOf({ differences, signed, files, lines }: Verified): string {
  if (differences.length > 0) return differences.map((difference) => `${difference}\n`).join('');
  const by = signed ? ', signed by the owner of the key' : '';
  return `as it was when the run ended: ${files} files, ${lines} lines of trace${by}; all verdicts follow from the trace\n`;
}
