import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

import { root } from './qualify.fixture.ts';

/** A program in a real terminal, whose screen is kept as xterm.js shows it. */
export interface Terminal {
  /** All rows, those that have left the screen included, without blanks at their ends. */
  rows(): readonly string[];
  /** The rows that the terminal had to break, because a line was too long for it. */
  broken(): readonly string[];
  /**
   * Resolves with the first rows that satisfy the predicate; rejects when the program ends before. `rows()` may
   * then already be others: half of a block that is drawn anew, say.
   */
  until(predicate: (rows: readonly string[]) => boolean): Promise<readonly string[]>;
  resize(columns: number): void;
  type(text: string): void;
  /** The exit code, after all that was printed is on the screen. */
  readonly ended: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

const ROWS = 24;

/** Starts `node ARGS` in a terminal of this width. */
export function openTerminal(
  args: readonly string[],
  columns: number,
  env: Readonly<Record<string, string>> = {},
): Terminal {
  const screen = new xterm.Terminal({ cols: columns, rows: ROWS, scrollback: 2_000, allowProposedApi: true });
  const { NO_COLOR: _, NODE_OPTIONS: __, ...own } = process.env;
  const program = spawn(process.execPath, [...args], {
    name: 'xterm-256color',
    cols: columns,
    rows: ROWS,
    cwd: root,
    env: { ...own, ...env },
  });
  const waiting = new Set<() => void>();
  const check = (): void => waiting.forEach((look) => look());
  program.onData((text) => screen.write(text, check));
  screen.onData((answer) => program.write(answer));

  function lines(): { text: string; isBroken: boolean }[] {
    const { active } = screen.buffer;
    const all = Array.from({ length: active.length }, (_line, index) => {
      const line = active.getLine(index);
      return { text: line?.translateToString(true) ?? '', isBroken: line?.isWrapped ?? false };
    });
    return all.slice(0, all.findLastIndex(({ text }) => text !== '') + 1);
  }
  const rows = (): readonly string[] => lines().map(({ text }) => text);
  const ended = new Promise<number>((resolve) => {
    program.onExit(({ exitCode }) => screen.write('', () => resolve(exitCode)));
  });

  return {
    rows,
    broken: () =>
      lines()
        .filter(({ isBroken }) => isBroken)
        .map(({ text }) => text),
    until: (predicate) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const seen = rows();
          if (!predicate(seen)) return;
          waiting.delete(look);
          resolve(seen);
        };
        waiting.add(look);
        void ended.then(() => reject(new Error(`it ended before: ${rows().join('\n')}`)));
        look();
      }),
    resize(width) {
      // The terminal folds its lines first; then the program is told (SIGWINCH).
      screen.resize(width, ROWS);
      program.resize(width, ROWS);
    },
    type: (text) => program.write(text),
    ended,
    kill: (signal) => program.kill(signal),
  };
}
