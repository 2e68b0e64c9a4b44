/** How long the parts of a run may take, ms. */
export interface Expected {
  /** Before the first test: the board is opened, the module brought up. */
  readonly startMs: number;
  /** After the last test: the module is put back. */
  readonly endMs: number;
  /** One test of a suite file. */
  perTestMs(file: string): number;
}
