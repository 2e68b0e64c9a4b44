import path from 'node:path';

import { jest } from '@jest/globals';

import { testInside } from '../../../rigs/control/gpio/fake-lane/test-in-namespace.fixture.ts';

jest.setTimeout(600_000);

testInside(
  'qualify on a board that real onoff drives through a fake /sys/class/gpio',
  path.join(import.meta.dirname, 'gpio-board.inside.ts'),
);
