import type { Entry } from '../../../reports/record/entry.ts';

/** Where a run stands, as far as the supervisor knows. */
export interface LastKnown {
  add(entry: Entry): void;
  /** For people: the test that runs, and the last command that had an end. */
  text(): string;
}

/** Keeps of a run's entries what explains a child that says no more. */
export function createLastKnown(): LastKnown {
  let place = 'before the first test';
  let command = '';
  return {
    add(entry) {
      if (entry.type === 'test-start') place = `in the test '${entry.name}'`;
      if (entry.type === 'test-end') place = `after the test '${entry.name}'`;
      if (entry.type === 'exchange') command = `, after the command ${entry.form}`;
    },
    text: () => `${place}${command}`,
  };
}
