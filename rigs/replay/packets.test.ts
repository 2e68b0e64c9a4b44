import { beginReplay, board, type Body, count } from './replay.fixture.ts';
import type { Replay } from './replay.ts';

let replay: Replay;

const peer = '192.0.2.9:40000';
const packet = (ms: number, direction: 'rx' | 'tx', data: string): Body => ({
  ms,
  source: `platform.${direction}`,
  peer,
  data,
});
const client = { address: '192.0.2.9', port: 40_000 };

async function open(...bodies: Body[]) {
  const { ms, ...begun } = beginReplay(...bodies);
  replay = begun.replay;
  const came: [number, string][] = [];
  const socket = await replay.openSocket(
    { address: '0.0.0.0', port: 0 },
    { onDatagram: (from, bytes) => came.push([ms(), `${from.port} ${Buffer.from(bytes).toString()}`]) },
  );
  return { came, socket, send: (text: string) => socket.send(client, Buffer.from(text)) };
}

test('packets come from the trace, and the platform is where it was', async () => {
  const { came, socket, send } = await open(
    packet(0, 'rx', 'register'),
    packet(1, 'tx', 'created'),
    packet(9, 'rx', 'update'),
  );
  expect(socket.address).toEqual(board.platform);
  await count(came, 1);
  send('created');
  await count(came, 2);
  expect(came).toEqual([
    [0, '40000 register'],
    [9, '40000 update'],
  ]);
});

test('packets may overtake one another, and one more of the same gets lost', async () => {
  const { came, send } = await open(packet(0, 'tx', 'a'), packet(0, 'tx', 'b'), packet(2, 'rx', 'c'));
  send('b');
  send('a');
  send('a');
  await count(came, 1);
  expect(replay.port.gone).toBeUndefined();
});

test('packets of the platform that were none then are a difference', async () => {
  const { send } = await open(packet(0, 'tx', 'created'));
  send('denied');
  expect(replay.port.gone?.message).toBe(
    'line 1 of the trace has created to the network, and the harness now sends denied to the network',
  );
});
