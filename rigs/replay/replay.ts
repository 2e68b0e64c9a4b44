import { type Clock, toNs } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { Listeners } from '../../harness/base/listeners.ts';
import type { Capabilities, Control } from '../control/control.ts';
import type { Chunk, Port } from '../port/port.ts';
import { Player } from './player.ts';
import { type Played, type ReplayLine, scriptOf } from './script.ts';

/** An IPv4 address and a port. */
interface Peer {
  readonly address: string;
  readonly port: number;
}

/** What a replay has to know of the board beside the lines of its trace. */
export interface RecordedBoard {
  /** The device, as messages name it. */
  readonly path: string;
  readonly baud: number;
  readonly adapter: Port['adapter'];
  readonly driver: string;
  readonly capabilities: Capabilities;
  /** Whether local causes could be provoked. */
  readonly provokes: boolean;
  /** Where the test platform listened. */
  readonly platform?: Peer | undefined;
}

interface SocketHandlers {
  readonly onDatagram: (peer: Peer, bytes: Uint8Array) => void;
}

/** A run that is played again: the parts that stand in for the board, and the clock that all waits have to use. */
export interface Replay {
  readonly clock: Clock;
  readonly port: Port;
  readonly control: Control;
  /** Waits until it is the time at which the run began this test. */
  begin(test: string): Promise<void>;
  /** What the exchange that started at `startedAt` had of delays that are not the module's, ms. */
  readonly disturbanceOf: (command: string, endedAt: bigint, startedAt: bigint) => number;
  /** Stands in for the platform's socket. */
  openSocket(
    at: Peer,
    handlers: SocketHandlers,
  ): Promise<{
    address: Peer;
    send: (peer: Peer, bytes: Uint8Array) => void;
    close: () => Promise<void>;
  }>;
  close(): void;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (data: string): Uint8Array => Buffer.from(data, 'latin1');
const peerText = ({ address, port }: Peer): string => `${address}:${port}`;

function peerOf(text: string): Peer {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

/**
 * Opens a replay. It begins at once; its time is that of the trace, moved to begin at `start`.
 * @param lines all lines of the trace, in order
 */
export function openReplay(lines: readonly ReplayLine[], board: RecordedBoard, start: bigint): Replay {
  const data = new Listeners<Chunk>();
  const packets = new Listeners<{ peer: Peer; bytes: Uint8Array }>();
  const ends = new Map<number, (end: { failed?: string; result?: unknown }) => void>();

  const play = ({ play: what }: Played): void => {
    if (what.lane === 'uart') data.tell({ bytes: bytesOf(what.data), at: player.clock.now() });
    else if (what.lane === 'platform') packets.tell({ peer: peerOf(what.peer), bytes: bytesOf(what.data) });
    else ends.get(what.begun)?.(what);
  };
  const player = new Player(scriptOf(lines, board.baud), { start, play });
  const { clock, differs } = player;

  async function act<Result>(action: string): Promise<Result> {
    const step = player.act('control', action);
    // After a difference the board is left alone: it is none.
    if (step === undefined) return undefined as Result;
    const { failed, result } = await new Promise<{ failed?: string; result?: unknown }>((resolve) => {
      ends.set(step, resolve);
      differs.add(() => resolve({}));
    });
    ends.delete(step);
    if (failed !== undefined) throw new HilError('CONTROL_FAILED', failed);
    return result as Result;
  }

  const control: Control = {
    driver: board.driver,
    // What the board said of its own timing is in the exchanges of the trace.
    capabilities: { ...board.capabilities, truth: false },
    on: () => act('on'),
    off: () => act('off'),
    reset: () => act('reset'),
    powerKey: () => act('power-key'),
    powered: () => act('powered'),
    ...(board.capabilities.supplyCut && { letSpeak: () => Promise.resolve(false) }),
    ...(board.provokes && {
      provoke: (cause: string, present: boolean) => act<void>(`${present ? 'provoke' : 'end'} ${cause}`),
    }),
    rest: () => act('rest'),
    onTruth: () => () => {},
    close: () => Promise.resolve(),
  };

  const port: Port = {
    path: board.path,
    baud: board.baud,
    adapter: board.adapter,
    get gone() {
      return differs.heard;
    },
    onData: (listener) => data.add(listener),
    onGone: (listener) => differs.add(listener),
    write(bytes) {
      player.act('uart', latin1(bytes));
      const before = clock.now();
      const done = differs.heard ? Promise.reject(differs.heard) : Promise.resolve(before);
      done.catch(() => {});
      return { before, done };
    },
    close: () => Promise.resolve(),
  };

  return {
    begin: (test) => player.begin(test),
    clock,
    port,
    control,
    disturbanceOf(command, _endedAt, startedAt) {
      const sentAt = startedAt - toNs(((command.length + 1) * 10_000) / board.baud);
      return player.exchangeAt(sentAt)?.disturbanceMs ?? 0;
    },
    openSocket: (at, { onDatagram }) => {
      const end = packets.add(({ peer, bytes }) => onDatagram(peer, bytes));
      return Promise.resolve({
        address: board.platform ?? at,
        send: (peer, bytes) => void player.act('platform', latin1(bytes), peerText(peer)),
        close: () => Promise.resolve(end()),
      });
    },
    close: () => player.close(),
  };
}
