import { Command } from 'commander';

import type { Finish } from './finish.ts';

/** `clauses [PATTERN]`: the catalogue, with the tests that judge each clause. */
export function clausesCommand(finish: Finish): Command {
  return new Command('clauses')
    .description('list the clauses of the application note with the tests that judge them')
    .argument('[pattern]', 'clause ids, separated by commas; * stands for any characters: CFG-*,EX-LEN-mac')
    .addHelpText(
      'after',
      `
Each clause has a status:
  S  stated by the note
  E  shown by an example only
  I  inferred from the note
  U  the note is silent: the module's behaviour is recorded and never fails
A test's profile stands after it in brackets: the smallest that runs it (smoke, nightly or release).

Exit code 0; 2 when the pattern matches no clause.

  bc26-hil clauses 'CFG-QUERY-*'`,
    )
    .action(async (pattern?: string) => {
      const { catalogue, matchClauses } = await import('../clauses/catalogue.ts');
      const { uncovered } = await import('../clauses/uncovered.ts');
      const { collectSuites } = await import('../run/qualify/collect-suites.ts');
      const tests = await collectSuites();
      for (const clause of pattern === undefined ? catalogue : matchClauses(pattern)) {
        process.stdout.write(`${clause.id} (${clause.status}, note ${clause.section})\n  ${clause.text}\n`);
        for (const test of tests.filter(({ clauses }) => clauses.includes(clause.id))) {
          process.stdout.write(`  · ${test.name} (${test.profile})\n`);
        }
        const reason = uncovered.get(clause.id);
        if (reason !== undefined) process.stdout.write(`  no test: ${reason}\n`);
      }
      finish(0);
    });
}
