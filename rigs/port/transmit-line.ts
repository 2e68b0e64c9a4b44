import { HilError, messageOf } from '../../harness/base/error.ts';

/**
 * The transmit line of an open port. It idles high, and a high line feeds a module without supply through its input
 * (BC26.md §1, phantom power), so that a supply cut would have no effect.
 */
export interface TransmitLine {
  /** Holds the line low by a break, if the device can; a pseudo-terminal and the Pi's mini UART cannot. */
  holdLow(): Promise<void>;
  /**
   * Ends the break. Rejects CONTROL_FAILED if that fails: nothing could be sent then.
   * @returns whether there was one
   */
  letGo(): Promise<boolean>;
}

/** The part of serialport that is used here. */
interface ModemLines {
  get(callback: (error: Error | null, status?: object) => void): void;
  set(options: Record<string, boolean>, callback: (error: Error | null) => void): void;
}

const lowLatencyOf = (status: object | undefined): boolean =>
  (status as { lowLatency?: unknown } | undefined)?.lowLatency === true;

/** Controls the transmit line of the port at `path`; does nothing before the first call. */
export function transmitLine(port: ModemLines, path: string): TransmitLine {
  let held = false;

  const setBreak = (brk: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      port.get((unreadable, status) => {
        if (unreadable) return reject(unreadable);
        // set() uses defaults for missing options: keep DTR and RTS as after opening, and low latency as it is
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
      if (!held) return false;
      try {
        await setBreak(false);
        held = false;
        return true;
      } catch (cause) {
        throw new HilError(
          'CONTROL_FAILED',
          `the break on ${path} could not be ended, so nothing can be sent: ${messageOf(cause)}`,
          {
            remedy: 'unplug the adapter and plug it in again',
            cause,
          },
        );
      }
    },
  };
}
