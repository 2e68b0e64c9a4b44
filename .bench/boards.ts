import type { Options, Row } from './bench.ts';
import { ownClient } from './clients.ts';
import { compile, startResponder } from './responder.ts';
import { figuresOf } from './samples.ts';

/** One process and one device for each board, all at the same time. */
export async function measureBoards({ work, exchanges }: Options): Promise<readonly Row[]> {
  const program = await compile('responder', work);
  const rows: Row[] = [];
  for (const boards of [1, 2, 4, 8, 16]) {
    const responders = await Promise.all(Array.from({ length: boards }, () => startResponder(program)));
    try {
      const samples = await Promise.all(
        responders.map(({ device }, number) => ownClient(work, number).run(device, exchanges)),
      );
      const { median, p99, most, cpu, memory } = figuresOf(samples);
      rows.push({
        boards,
        'median us': median,
        'p99 us': p99,
        'max us': most,
        'CPU us': cpu,
        'memory MB each': memory,
      });
    } finally {
      await Promise.all(responders.map((responder) => responder.close()));
    }
  }
  return rows;
}
