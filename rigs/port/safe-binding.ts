import { type read, readSync } from 'node:fs';

import { autoDetect, type AutoDetectTypes } from '@serialport/bindings-cpp';
import { unixRead } from '@serialport/bindings-cpp/dist/unix-read.js';

import { HilError } from '../../harness/base/error.ts';

/**
 * A read() that reports a hang-up. The port is opened with VMIN 1 and O_NONBLOCK: an idle line returns EAGAIN, so 0
 * bytes can only mean that the device hung up. The binding's own loop reads again at once, forever, at full CPU and
 * without a `close` (PI.md §0.2, bindings-cpp#162).
 *
 * Reads in this thread, not on Node's thread pool: the descriptor does not block, and bytes that wait for a thread
 * would be stamped late although our event loop is not late, which could not be noticed.
 */
const readOrHangUp = async (
  fd: number,
  buffer: Buffer,
  offset: number,
  length: number,
  position: number | null,
): Promise<{ bytesRead: number; buffer: Buffer }> => {
  // The binding expects the result later, not within the call: an EAGAIN thrown at once would recurse.
  await Promise.resolve();
  const bytesRead = readSync(fd, buffer, offset, length, position);
  if (bytesRead > 0) return { bytesRead, buffer };
  throw new HilError('PORT_GONE', 'the device hung up: a read returned no bytes');
};

type PortBinding = Awaited<ReturnType<AutoDetectTypes['open']>>;
type Open = Promise<PortBinding>;
type UnixPortBinding = Parameters<typeof unixRead>[0]['binding'];

/** The Unix bindings read through a poller. The Windows binding has none, and neither of the defects. */
const isUnix = (binding: object): binding is UnixPortBinding & PortBinding =>
  'poller' in binding && typeof (binding as UnixPortBinding).poller?.on === 'function';

/**
 * Since Node 26.4 the native poller's callback no longer runs microtasks, so data waits until something else wakes the
 * event loop (PI.md §0.1, node-serialport#3148). An immediate wakes it.
 */
const wakeEventLoop = (): void => {
  setImmediate(() => {});
};

function fixBinding(binding: PortBinding): PortBinding {
  if (!isUnix(binding) || typeof unixRead !== 'function') return binding;
  for (const event of ['readable', 'writable', 'disconnect']) binding.poller.on(event, wakeEventLoop);
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
 * serialport's binding for this system without the two defects of version 13: hang-ups that never close the port, and
 * data that does not arrive on Node ≥ 26.4 (PI.md §3.2).
 */
function createSafeBinding(): AutoDetectTypes {
  // The type is a union of three systems' bindings with incompatible options; one signature stands for all.
  const detected = autoDetect() as { list: AutoDetectTypes['list']; open: (options: never) => Open };
  const open = async (options: never): Open => fixBinding(await detected.open(options));
  return { list: () => detected.list(), open } as AutoDetectTypes;
}

/** The option of `new SerialPort` that selects the safe binding: serialport 13 reads it, but its type lacks it. */
export const withSafeBinding = (): object => ({ binding: createSafeBinding() });
