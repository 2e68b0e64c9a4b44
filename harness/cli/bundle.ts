import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

import { Command } from 'commander';

import type { Finish } from './finish.ts';

/** `bundle RUN [--sign KEY] [--out FILE]`: one archive of a run, to sign a release on. */
export function bundleCommand(finish: Finish): Command {
  return new Command('bundle')
    .description('pack a run into one archive, signed if a key is given: what a release is signed on')
    .argument('<run>', 'the folder of a run, e.g. reports/latest')
    .option('--sign <file>', 'your private key (ed25519, PEM)')
    .option('--out <file>', 'the archive; by default <run>.tar.gz in this folder')
    .addHelpText(
      'after',
      `
The run is verified first; one that was changed is not packed. The signature is that of seal.json, which has the
SHA-256 of every file. To make keys:

  openssl genpkey -algorithm ed25519 -out release.key
  openssl pkey -in release.key -pubout -out release.pub

Exit code 0; 1 when the run was changed, with one line for each difference; 2 without a run, a seal or a usable key.

  bc26-hil bundle reports/latest --sign release.key`,
    )
    .action(async (run: string, { sign, out }: { sign?: string; out?: string }) => {
      const { packRun } = await import('../../reports/seal/bundle.ts');
      const { verifyRun } = await import('../../reports/seal/verify.ts');
      // `latest` is a link: the archive gets the name of the run.
      const dir = existsSync(run) ? realpathSync(run) : run;
      const { differences } = verifyRun(dir);
      if (differences.length > 0) {
        process.stdout.write(differences.map((difference) => `${difference}\n`).join(''));
        finish(1);
        return;
      }
      const to = out ?? `${path.basename(dir)}.tar.gz`;
      await packRun(dir, to, sign);
      process.stdout.write(`${to}\n`);
      finish(0);
    });
}
