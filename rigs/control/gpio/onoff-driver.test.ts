import path from 'node:path';

import { jest } from '@jest/globals';

import { testInside } from './fake-lane/test-in-namespace.fixture.ts';

jest.setTimeout(120_000);

testInside(
  'real onoff drives lines of a fake /sys/class/gpio',
  path.join(import.meta.dirname, 'fake-lane/onoff.inside.ts'),
);
