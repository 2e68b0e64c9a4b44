import { execa } from 'execa';

import { escapeText } from '../../harness/base/escape.ts';

/** stty answers within milliseconds, or hangs with the driver. */
const sttyLimitMs = 2_000;

/**
 * Keeps DTR up when the device is closed, also by the kernel after a crash: clears HUPCL. A key of the board may be
 * wired to DTR. serialport only ever sets the bit, whatever `hupcl` says (PI.md §0.4), so stty(1) clears
 * it, on the open device, without touching the line. Never rejects.
 * @param note hears why it could not be done, one line: the port works without
 */
export async function keepDtrUp(path: string, note: (text: string) => void): Promise<void> {
  const { failed, stderr, shortMessage } = await execa('stty', ['-F', path, '-hupcl'], {
    stdin: 'ignore',
    reject: false,
    timeout: sttyLimitMs,
    killSignal: 'SIGKILL',
  });
  if (!failed) return;
  const why = escapeText((stderr.trim() || shortMessage || '').slice(0, 300));
  note(`DTR may fall when ${escapeText(path)} is closed, since HUPCL cannot be cleared: ${why}`);
}
