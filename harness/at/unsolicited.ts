/**
 * Lines the module is known to send unasked, by name. A name that is not here can be unsolicited too; being
 * here means that the line says nothing of the command asked last.
 */
const names: ReadonlySet<string> = new Set([
  // BC26.md §8: what the drivers' URC tables filter
  '+CPIN',
  '+CEREG',
  '+CSCON',
  '+IP',
  '+QIND',
  '+QNBIOTEVENT',
  '+CTZEU',
  // BC26.md §3
  '+QATWAKEUP',
  // TRANSCRIPTS.md §2, §11: reference firmware of the chip, LwM2M
  '*MATREADY',
  '+CFUN',
  '+LWM2M',
  '+QLWURC',
  '+QLWOBSERVE',
]);

/** Lines without a name, TRANSCRIPTS.md §12, §18 and §20. */
const texts: ReadonlySet<string> = new Set(['CLOSE OK', 'CONNECT OK', 'SEND OK', 'APP RDY']);

/** Whether a line of this name (upper case, with its `+` or `*`) is known to come unasked. */
export const isUnsolicitedName = (name: string): boolean => names.has(name);

/** Whether this whole line is known to come unasked. */
export const isUnsolicitedText = (line: string): boolean => texts.has(line);
