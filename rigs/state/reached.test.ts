import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { hasReached, keepReached } from './reached.ts';

const reached = { imei: '863703030822519', rig: 'bench-1', address: '203.0.113.5' };

let environment: { BC26_HIL_STATE: string };
beforeEach(() => {
  environment = { BC26_HIL_STATE: mkdtempSync(path.join(tmpdir(), 'reached-')) };
});
afterEach(() => rmSync(environment.BC26_HIL_STATE, { recursive: true }));

test('a module has reached the platform from the rig and at the address that were kept, and from no other', () => {
  expect(hasReached(reached, environment)).toBe(false);
  keepReached(reached, environment);
  keepReached({ ...reached, rig: 'bench-2' }, environment);
  const others = [{ imei: '863703030822520' }, { rig: 'bench-3' }, { address: '203.0.113.6' }];
  expect(hasReached(reached, environment)).toBe(true);
  expect(others.map((other) => hasReached({ ...reached, ...other }, environment))).toEqual([
    false,
    false,
    false,
  ]);
});

test('a damaged file proves nothing', () => {
  keepReached(reached, environment);
  writeFileSync(path.join(environment.BC26_HIL_STATE, 'reached', `${reached.imei}.json`), '[{');
  expect(hasReached(reached, environment)).toBe(false);
});
