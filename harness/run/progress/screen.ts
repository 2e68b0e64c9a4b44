/** An output stream for people, such as standard error. */
export interface Screen {
  readonly isTTY?: boolean;
  /** Of a terminal; changes with its window. */
  readonly columns?: number;
  write(text: string): unknown;
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}
