import path from 'node:path';

import { jest } from '@jest/globals';

import { testInNamespace } from './fake-lane/test-in-namespace.fixture.ts';

jest.setTimeout(120_000);

testInNamespace(
  'real onoff drives lines of a fake /sys/class/gpio',
  path.join(import.meta.dirname, 'fake-lane/onoff.inside.ts'),
);
