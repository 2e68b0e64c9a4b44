import path from 'node:path';

import { ESLint } from 'eslint';

import { floors, forbidden } from './floors.mjs';

const root = path.resolve(import.meta.dirname, '..');

describe('the import floors', () => {
  test.each([
    ['harness/at/client.ts', '../../rigs/port/port.ts'],
    ['harness/bc26/bring-up.ts', '../at/client.ts'],
    ['suites/10-forms.suite.ts', '../harness/jest/suite.ts'],
    ['rigs/board.ts', '../harness/base/clock.ts'],
    ['harness/run/qualify/qualify.ts', '../../../reports/junit/junit.ts'],
    ['harness/run/qualify/jest-child.ts', '../../../.config/jest-command.mjs'],
    ['harness/at/client.ts', './framer.ts'],
    ['harness/at/client.ts', 'node:fs'],
    ['rigs/port/open-port.ts', 'serialport'],
  ])('%s may import %s', (file, specifier) => {
    expect(forbidden(file, specifier, false)).toBeUndefined();
  });

  test.each([
    ['harness/at/client.ts', '../bc26/bring-up.ts'],
    ['rigs/board.ts', '../harness/at/client.ts'],
    ['rigs/board.ts', '../reports/record/record.ts'],
    ['reports/record/record.ts', '../../rigs/file/rig-file.ts'],
    ['suites/10-forms.suite.ts', '../harness/clauses/catalogue.ts'],
    ['harness/base/clock.ts', '../at/client.ts'],
    ['harness/clauses/limits.ts', '../at/client.ts'],
    ['rigs/emulator/main.ts', '../../harness/base/clock.ts'],
    ['rigs/emulator/main.ts', '../file/rig-file.ts'],
    ['rigs/control/emulator.ts', '../emulator/board/at-line.ts'],
    ['harness/at/client.ts', 'serialport'],
    ['harness/bc26/reboot.ts', 'onoff'],
    ['rigs/board.ts', '@lydell/node-pty'],
  ])('%s may not import %s', (file, specifier) => {
    expect(forbidden(file, specifier, false)).toEqual(expect.any(String));
  });

  test('the protocol with the emulated module crosses as types only', () => {
    const file = 'rigs/control/emulator.ts';
    expect(forbidden(file, '../emulator/base/protocol.ts', true)).toBeUndefined();
    expect(forbidden(file, '../emulator/base/protocol.ts', false)).toEqual(expect.any(String));
  });

  test('a floor names only floors below it', () => {
    const order = floors.map(({ folder }) => folder);
    for (const { folder, may } of floors) {
      for (const below of may) expect(order.indexOf(below)).toBeGreaterThan(order.indexOf(folder));
    }
  });

  test('the project lint reports an import that goes up', async () => {
    // Where CI is set typescript-eslint reads files from the disk instead of the text it is given.
    process.env['TSESTREE_SINGLE_RUN'] = 'false';
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: path.join(root, '.config/eslint.config.mjs'),
    });
    const [result] = await eslint.lintText("export { main } from '../cli/main.ts';\n", {
      filePath: path.join(root, 'harness/base/clock.ts'),
    });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain('house/floors');
  }, 60_000);
});
