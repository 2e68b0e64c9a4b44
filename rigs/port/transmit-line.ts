import { HilError, messageOf } from '../../harness/base/error.ts';

/**
 * The transmit line of an open port. It idles high, and a high line feeds a module without supply through its
 * input (BC26.md §1, phantom power): a supply cut is then none.
 */
export interface TransmitLine {
  /** Holds it low, by a break, where the device can; a pseudo-terminal and the Pi's mini UART cannot. */
  holdLow(): Promise<void>;
  /** Ends that. Rejects CONTROL_FAILED when it cannot be ended: nothing would be heard of us. */
  letGo(): Promise<void>;
}

/** What is used of a serialport. */
interface ModemLines {
  get(callback: (error: Error | null, status?: object) => void): void;
  set(options: Record<string, boolean>, callback: (error: Error | null) => void): void;
}

const lowLatencyOf = (status: object | undefined): boolean =>
  (status as { lowLatency?: unknown } | undefined)?.lowLatency === true;

/** The transmit line of the port at `path`; touches nothing until it is asked to. */
export function transmitLine(port: ModemLines, path: string): TransmitLine {
  let held = false;

  const setBreak = (brk: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      port.get((unreadable, status) => {
        if (unreadable) return reject(unreadable);
        // A set() fills in what it is not given: DTR and RTS stay as opening left them, low latency as it was
        // (PI.md §3.1).
        const lines = { brk, dtr: true, rts: true, lowLatency: lowLatencyOf(status) };
        port.set(lines, (error) => (error ? reject(error) : resolve()));
      });
    });

  return {
    async holdLow() {
      held ||= await setBreak(true).then(
        () => true,
        () => false,
      );
    },
    async letGo() {
      if (!held) return;
      try {
        await setBreak(false);
        held = false;
      } catch (cause) {
        throw new HilError('CONTROL_FAILED', `the break on ${path} cannot be ended: ${messageOf(cause)}`, {
          remedy: 'unplug the adapter and plug it in again',
          cause,
        });
      }
    },
  };
}
