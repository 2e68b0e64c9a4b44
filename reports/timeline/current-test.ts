import type { TraceLine } from '../files/trace-file.ts';

/**
 * Follows which test is running. A test that waits to be run again with others has not ended, but is not running either:
 * the next test's start ends it here.
 * @returns the test to which a line belongs, its own start and end included; undefined between tests
 */
export function followTests(): (line: TraceLine) => string | undefined {
  let running: string | undefined;
  return (line) => {
    if (line.source !== 'test' || typeof line['name'] !== 'string') return running;
    const { name } = line as TraceLine & { name: string };
    running = line['type'] === 'test-end' ? undefined : name;
    return name;
  };
}
