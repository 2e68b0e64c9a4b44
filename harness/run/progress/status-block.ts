import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';

import { createLogUpdate } from 'log-update';

import { escapeText } from '../../base/escape.ts';
import { fitted, folded } from './fit.ts';
import type { Screen } from './screen.ts';

/** Makes the lines of the block for a terminal of this many columns. One that is too long is cut. */
export type Draw = (columns: number) => readonly string[];

/** Lines that stay, and below them a block of lines that changes in its place. */
export interface StatusBlock {
  /** Whether there is a block; else what is drawn is not shown. */
  readonly isShown: boolean;
  /**
   * Prints a line that stays, above the block; on a terminal it is folded.
   * @param paint colours its first row, on a terminal
   */
  print(text: string, paint?: (row: string) => string): void;
  /** Shows the block, in the place of what it showed before. */
  draw(draw: Draw): void;
  /** Takes the block away for good. What is printed afterwards is printed all the same. */
  end(): void;
}

/** The width of a terminal that does not tell. */
const USUAL_COLUMNS = 80;

/** A terminal that says it is narrower is written to as if it were not: lines of a few characters help nobody. */
const LEAST_COLUMNS = 20;

/** By how much the further rows of a line are indented. */
const HANG = 6;

/** A terminal that can move its cursor (terminfo's `dumb` cannot). */
const isTerminal = ({ isTTY }: Screen): boolean => isTTY === true && process.env['TERM'] !== 'dumb';

/** Opens a block on a terminal; of anything else only the lines that stay. */
export const openStatusBlock = (screen: Screen): StatusBlock =>
  isTerminal(screen) ? openOnTerminal(screen) : linesAlone(screen);

const linesAlone = (screen: Screen): StatusBlock => ({
  isShown: false,
  print: (text) => void screen.write(`${escapeText(text)}\n`),
  draw: () => undefined,
  end: () => undefined,
});

function openOnTerminal(screen: Screen): StatusBlock {
  const stream = screen as unknown as NodeJS.WriteStream;
  // The cursor is left alone: to hide it would need a handler for each signal that could leave it hidden.
  const update = createLogUpdate(stream, { showCursor: true });
  const columns = (): number => Math.max(LEAST_COLUMNS, screen.columns || USUAL_COLUMNS);
  let drawing: Draw | undefined;
  let shown: readonly string[] = [];

  function render(): void {
    if (!drawing) return;
    // One column less: a full line leaves the cursor where terminals differ.
    shown = drawing(columns() - 1).map((line) => fitted(line, columns() - 1));
    update(shown.join('\n'));
  }

  /**
   * A terminal that has become narrower has folded the lines of the block, so that they take more rows than
   * `log-update` knows of. The cursor is below them.
   */
  function resized(): void {
    const rows = shown.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / columns())), 0);
    if (rows > shown.length) {
      moveCursor(stream, 0, -rows);
      cursorTo(stream, 0);
      clearScreenDown(stream);
      update.done();
    }
    render();
  }

  screen.on?.('resize', resized);
  return {
    isShown: true,
    print(text, paint = (row) => row) {
      if (shown.length > 0) update.clear();
      const [first = '', ...others] = folded(text, columns() - 1, HANG);
      screen.write(`${[paint(first), ...others].join('\n')}\n`);
      render();
    },
    draw(draw) {
      drawing = draw;
      render();
    },
    end() {
      screen.off?.('resize', resized);
      if (shown.length > 0) update.clear();
      drawing = undefined;
      shown = [];
    },
  };
}
