import type { Options, Row } from './bench.ts';
import { clientsHere } from './clients.ts';
import { compile, startResponder } from './responder.ts';
import { figuresOf, type Sample } from './samples.ts';

/** Each client on the same device, in turns, so that what else the machine does meets all alike. */
export async function measureExchanges({ work, exchanges, rounds }: Options): Promise<readonly Row[]> {
  const clients = await clientsHere(await compile('client', work), work);
  const responder = await startResponder(await compile('responder', work));
  const samples = new Map<string, Sample[]>(clients.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round < rounds; round++)
      for (const client of clients)
        samples.get(client.name)!.push(await client.run(responder.device, exchanges));
  } finally {
    await responder.close();
  }
  const figures = new Map([...samples].map(([name, all]) => [name, figuresOf(all)]));
  const bare = figures.get('serialport alone')!;
  return [...figures].map(([name, { median, p99, most, cpu, memory }]) => ({
    program: name,
    'median us': median,
    'p99 us': p99,
    'max us': most,
    'CPU us': cpu,
    'memory MB': memory,
    'median of bare': (median / bare.median).toFixed(2),
    'p99 of bare': (p99 / bare.p99).toFixed(2),
    'CPU of bare': (cpu / bare.cpu).toFixed(2),
  }));
}
