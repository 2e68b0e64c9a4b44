import path from 'node:path';

import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { deviationsOf } from './deviations.ts';

const example = path.resolve(import.meta.dirname, '../../../rigs/deviations/item-by-item.yaml');
const rig = { module: { deviations: example, firmware: 'BC26NBR01A07' } } as unknown as RigFile;

describe('the example of known deviations', () => {
  test('waives that a supply cut leaves records whole, and nothing else', async () => {
    const known = await deviationsOf(rig, new Date('2026-12-01'));
    expect(known).toEqual([
      {
        clause: 'CUT-ATOMIC',
        reason: expect.stringContaining('one by one') as string,
        reference: expect.any(String) as string,
        expires: '2027-06-30',
      },
    ]);
  });

  test('ends on its last day, so that nobody forgets it', async () => {
    await expect(deviationsOf(rig, new Date('2027-07-01'))).rejects.toMatchObject({
      code: 'DEVIATIONS_INVALID',
      message: expect.stringContaining('deviations.CUT-ATOMIC.expires: expired on 2027-06-30') as string,
    });
  });
});
