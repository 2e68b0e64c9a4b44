/**
 * The messages between the emulated module and its parent. Types only: the one file that both sides share.
 *
 * Parent (or a shell) → module: lines written to the FIFO `DIR/control`:
 *   on               supply on and a pulse of the power key: the module boots
 *   off              supply cut
 *   supply on|off    the supply alone
 *   power-key [down|up]   a pulse, or a level held
 *   reset [down|up]       a pulse, or a level held
 *   fault ID | heal ID    switch a fault on or off
 *   set NAME VALUE   change a setting
 *   rest             everything off, lines released
 *   quit             end the program (its exit acknowledges the line)
 * Module → parent: IPC messages, below. `DIR/powered` holds "1\n" or "0\n" and `DIR/device` the PTY's path.
 * Times are monotonic nanoseconds (process.hrtime) in decimal, since IPC carries JSON.
 */
export type EmulatorMessage =
  | { type: 'ready'; device: string; dir: string }
  /** A control line has taken effect, or was refused (`error`). */
  | { type: 'control'; line: string; at: string; error?: string }
  | { type: 'power'; on: boolean; at: string }
  | { type: 'boot'; cause: 'power-key' | 'reset' | 'soft'; at: string }
  | {
      type: 'answer';
      /** The command line as received, latin1, without its terminator. */
      command: string;
      /** When the last byte of its terminator had arrived by the baud rate, and when the program read that byte. */
      receivedAt: string;
      readAt: string;
      /** The planned ends of the answer's first and last byte on the wire; the latency ends one byte earlier. */
      plannedAt: string;
      plannedLastAt: string;
      /** Stamps taken just before those two bytes were written: never before the plan, never after the host has them. */
      firstAt: string;
      lastAt: string;
    };
