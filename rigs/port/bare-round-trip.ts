import { SerialPort } from 'serialport';

import { type Clock, systemClock } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { waitToSettle } from '../../harness/base/wait-to-settle.ts';
import { closeLimitMs } from './close-limit.ts';
import { openError } from './port-error.ts';
import { withSafeBinding } from './safe-binding.ts';

interface BareRoundTripOptions {
  /** A device with a running module that answers AT; no other process may have it open. */
  readonly path: string;
  readonly baud: number;
  readonly exchanges: number;
  /** How long one answer may take, ms. */
  readonly deadlineMs?: number;
  /** Ends the measurement before its next exchange. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** One exchange: times just before the write and just after the answer's last byte was read, monotonic ns. */
export type RoundTrip = readonly [sentAt: bigint, endedAt: bigint];

const command = Buffer.from('AT\r');
const end = Buffer.from('OK\r\n');

async function exchange(stream: SerialPort, deadlineMs: number, clock: Clock): Promise<RoundTrip> {
  let sentAt = 0n;
  let stop = (): void => {};
  const endedAt = await new Promise<bigint>((resolve, reject) => {
    let received = Buffer.alloc(0);
    const onData = (bytes: Buffer): void => {
      const at = clock.now();
      // The answer to AT is short; if more arrives, the deadline reports it.
      received = Buffer.concat([received, bytes]).subarray(-1024);
      if (received.includes(end)) resolve(at);
    };
    const cancel = clock.after(deadlineMs, () =>
      reject(
        new HilError('AT_TIMEOUT', `no OK to AT on ${stream.path} within ${deadlineMs} ms`, {
          wire: received,
        }),
      ),
    );
    const onClose = (): void =>
      reject(new HilError('PORT_GONE', `the port ${stream.path} is gone: it hung up`, { wire: received }));
    stop = () => {
      cancel();
      stream.off('data', onData);
      stream.off('close', onClose);
    };
    stream.on('data', onData);
    stream.on('close', onClose);
    sentAt = clock.now();
    stream.write(command);
  }).finally(() => stop());
  return [sentAt, endedAt];
}

/**
 * Measures exchanges without the harness: serialport alone writes `AT` and reads until `OK`, one after the other. The
 * harness's own share of an exchange is compared with this. Opens the device and closes it again.
 * @throws as `openPort`; AT_TIMEOUT if an answer is missing, PORT_GONE if the device hangs up, ABORTED by `signal`
 */
export async function measureBareRoundTrips({
  path,
  baud,
  exchanges,
  deadlineMs = 1_000,
  signal,
  clock = systemClock,
}: BareRoundTripOptions): Promise<RoundTrip[]> {
  // Not the plain binding, which delivers nothing on Node ≥ 26.4.
  const stream = new SerialPort({ path, baudRate: baud, autoOpen: false, ...withSafeBinding() });
  stream.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    stream.open((error) => (error ? reject(openError(path, error)) : resolve()));
  });
  try {
    const trips: RoundTrip[] = [];
    while (trips.length < exchanges) {
      if (signal?.aborted)
        throw new HilError('ABORTED', `measuring ${path} was aborted`, { cause: signal.reason });
      trips.push(await exchange(stream, deadlineMs, clock));
    }
    return trips;
  } finally {
    await waitToSettle(new Promise<void>((resolve) => stream.close(() => resolve())), closeLimitMs, clock);
  }
}
