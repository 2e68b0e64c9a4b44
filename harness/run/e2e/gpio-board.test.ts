import path from 'node:path';

import { jest } from '@jest/globals';

import { testInNamespace } from '../../../rigs/control/gpio/fake-lane/test-in-namespace.fixture.ts';

jest.setTimeout(600_000);

testInNamespace(
  'qualify on a board that real onoff drives through a fake /sys/class/gpio',
  path.join(import.meta.dirname, 'gpio-board.inside.ts'),
);
