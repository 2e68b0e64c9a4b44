import type { TestModule } from '../../harness/jest/suite.ts';

/** Gives a command that has to be answered OK. */
export async function expectOk(module: TestModule, command: string): Promise<void> {
  const { final } = await module.at(command);
  expect({ command, answer: final.text }).toEqual({ command, answer: 'OK' });
}
