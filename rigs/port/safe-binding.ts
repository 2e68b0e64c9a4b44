import { type read, readSync } from 'node:fs';

import { autoDetect, type AutoDetectTypes } from '@serialport/bindings-cpp';
import { unixRead } from '@serialport/bindings-cpp/dist/unix-read.js';

import { HilError } from '../../harness/base/error.ts';

/**
 * read() that takes "0 bytes" for what it is. The port is opened with VMIN 1 and O_NONBLOCK: an idle line
 * answers EAGAIN, so 0 bytes can only mean that the device hung up. The binding's own loop tries again
 * at once instead, for ever, at full CPU and without a `close` (PI.md §0.2, bindings-cpp#162).
 *
 * Read here and now, not on Node's thread pool: the descriptor does not block, and what waits for a thread
 * arrives late without our event loop being late, so that nobody would know.
 */
const readOrHangUp = async (
  fd: number,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number | null,
): Promise<{ bytesRead: number; buffer: Buffer }> => {
  // What the binding calls answers later, never within the call: an EAGAIN thrown at once would recurse.
  await Promise.resolve();
  const bytesRead = readSync(fd, buffer, offset, length, position);
  if (bytesRead > 0) return { bytesRead, buffer };
  throw new HilError('PORT_GONE', 'the device hung up: a read returned no bytes');
};

type PortBinding = Awaited<ReturnType<AutoDetectTypes['open']>>;
type Open = Promise<PortBinding>;
type UnixPortBinding = Parameters<typeof unixRead>[0]['binding'];

/** The Unix bindings read through a poller; Windows' has none, and neither defect. */
const isUnix = (binding: object): binding is UnixPortBinding & PortBinding =>
  'poller' in binding && typeof (binding as UnixPortBinding).poller?.on === 'function';

/**
 * Since Node 26.4 the native poller's callback no longer drains microtasks, so that data waits until
 * something else wakes the loop (PI.md §0.1, node-serialport#3148). An immediate wakes it.
 */
const wake = (): void => {
  setImmediate(() => {});
};

function mend(binding: PortBinding): PortBinding {
  if (!isUnix(binding) || typeof unixRead !== 'function') return binding;
  for (const event of ['readable', 'writable', 'disconnect']) binding.poller.on(event, wake);
  binding.read = (buffer: Buffer, offset: number, length: number) =>
    unixRead({
      binding,
      buffer,
      offset,
      length,
      fsReadAsync: readOrHangUp as unknown as typeof read.__promisify__,
    });
  return binding;
}

/**
 * serialport's binding for this system, with the two defects of version 13 worked round: hang-ups that never
 * close the port, and data that does not arrive on Node ≥ 26.4 (PI.md §3.2).
 */
export function safeBinding(): AutoDetectTypes {
  // A union of three systems' bindings, none of whose options another accepts: one signature for all.
  const detected = autoDetect() as { list: AutoDetectTypes['list']; open: (options: never) => Open };
  const open = async (options: never): Open => mend(await detected.open(options));
  return { list: () => detected.list(), open } as AutoDetectTypes;
}
