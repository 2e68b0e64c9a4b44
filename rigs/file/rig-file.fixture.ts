import path from 'node:path';

import { parseRigFile } from './load-rig-file.ts';

export const rigPath = path.resolve('bench/bench-1.yaml');

/** A rig file without mistakes. */
export const rigText = `name: bench-1
serial: { path: /dev/ttyAMA0 }
control:
  driver: command
  on: [./on.sh, '1']
  off: [./off.sh, '1']
module:
  imei: '863703030822519'
  firmware: BC26NBR01A07
`;

/** `rigText` with one part replaced, which must occur in it. */
export const changedRigText = (from: string, to: string): string => {
  expect(rigText).toContain(from);
  return rigText.replace(from, to);
};

/** The mistakes of a rig file, without the file's name; none if it has none. */
export const mistakesOf = (source: string): string[] => {
  try {
    parseRigFile(rigPath, source, {});
  } catch (error) {
    expect(error).toMatchObject({ code: 'RIG_FILE_INVALID', blame: 'usage' });
    return (error as Error).message.split('\n').map((line) => line.replace('bench/bench-1.yaml:', ''));
  }
  return [];
};
