import { readFileSync } from 'node:fs';
import path from 'node:path';

import { compared, documents, output, samplesIn } from './samples.mjs';

const root = path.resolve(import.meta.dirname, '..');
const samples = (await documents()).flatMap((file) =>
  samplesIn(readFileSync(path.join(root, file), 'utf8')).map((sample) => ({ file, ...sample })),
);

test.each(samples)(
  '$file shows what is printed by: $command $from',
  async (sample) => {
    expect(compared(sample, sample.shown)).toBe(compared(sample, await output(sample)));
  },
  600_000,
);
