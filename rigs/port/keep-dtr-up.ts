import { execa } from 'execa';

import { escapeText } from '../../harness/base/escape.ts';

/** ms; stty ends within milliseconds, or hangs with the driver. */
const sttyLimitMs = 2_000;

/**
 * Keeps DTR up when the device is closed, also by the kernel after a crash, by clearing HUPCL: a key of the board may
 * be wired to DTR. serialport only ever sets the bit, even with `hupcl: false` (PI.md §0.4), so stty(1) clears it; the
 * device must be open. Never rejects, since the port works without.
 * @param note is called with the reason if it fails, one line
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
  note(`DTR may fall when ${escapeText(path)} is closed, since stty could not clear HUPCL: ${why}`);
}
