import { Command } from 'commander';

import { catalogue, matchClauses } from '../clauses/catalogue.ts';
import { uncovered } from '../clauses/uncovered.ts';
import { collectSuites } from '../run/qualify/collect-suites.ts';
import type { Finish } from './main.ts';

/** `clauses [PATTERN]`: the catalogue, with the tests that judge each clause. */
export function clausesCommand(finish: Finish): Command {
  return new Command('clauses')
    .description('the clauses of the application note, with the tests that judge each')
    .argument('[pattern]', 'ids, with * for any characters and commas between: CFG-*,EX-LEN-mac')
    .addHelpText(
      'after',
      `
Status of a clause: S stated by the note, E shown by an example, I inferred, U the note is silent
(never a failure: what the module does is recorded). In brackets: the smallest profile that runs a test.
Exit code 0; 2 when the pattern names no clause.`,
    )
    .action(async (pattern?: string) => {
      const tests = await collectSuites();
      for (const clause of pattern === undefined ? catalogue : matchClauses(pattern)) {
        process.stdout.write(`${clause.id} (${clause.status}, note ${clause.section})\n  ${clause.text}\n`);
        for (const test of tests.filter(({ clauses }) => clauses.includes(clause.id))) {
          process.stdout.write(`  · ${test.name} (${test.profile})\n`);
        }
        const why = uncovered.get(clause.id);
        if (why !== undefined) process.stdout.write(`  no test: ${why}\n`);
      }
      finish(0);
    });
}
