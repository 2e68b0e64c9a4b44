/** A piece of boot output (latin1), and when it begins as a fraction of the boot time. */
export interface BootPiece {
  readonly part: number;
  readonly text: string;
}

/** The boot ROM's lines, LF CR between them (TRANSCRIPTS.md §2; BC26.md §2). */
const ROM_LINES = [
  'F1: 0000 0000',
  'V0: 0000 0000 [0001]',
  '00: 0006 000C',
  '01: 0000 0000',
  'U0: 0000 0001 [0000]',
  'T0: 0000 00B4',
  'Leaving the BROM',
];

/**
 * The output of a boot. The order is that of the captures; the times are not documented.
 * @param junk the byte (0–255) that a starting UART sends first (BC26.md §2)
 * @param functionality AT+CFUN as saved
 * @param sim without a SIM, or without power for it, there is no `+CPIN: READY`
 */
export function bootPieces(junk: number, functionality: number, sim: boolean): readonly BootPiece[] {
  const banner = `${String.fromCharCode(junk)}${ROM_LINES.map((line) => `\n\r${line}`).join('')}\n\r\n\r`;
  const pieces = [
    { part: 0.02, text: banner },
    { part: 0.5, text: '\r\nRDY\r\n' },
    { part: 0.6, text: `\r\n+CFUN: ${functionality}\r\n` },
  ];
  return sim && functionality !== 0 ? [...pieces, { part: 0.8, text: '\r\n+CPIN: READY\r\n' }] : pieces;
}
