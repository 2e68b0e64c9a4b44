import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';

/** Longest control line, bytes. */
const LINE_LIMIT = 1024;

/**
 * Makes the FIFO `file` and reports each line written to it, trimmed; empty lines are skipped, overlong ones cut.
 * The FIFO is read until the program ends.
 * @throws Error if the file exists or cannot be made
 */
export function openControlFifo(file: string, onLine: (line: string) => void): void {
  execFileSync('mkfifo', ['-m', '600', file], { timeout: 5000, stdio: ['ignore', 'ignore', 'pipe'] });
  // Open for writing too, so that the FIFO has no end when a shell closes it.
  const descriptor = fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
  const input = new net.Socket({ fd: descriptor, readable: true, writable: false });
  const lines = lineSplitter(onLine);
  input.setEncoding('latin1');
  input.on('data', (text: string) => lines(text));
}

export function lineSplitter(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const parts = (rest + text).split('\n');
    rest = (parts.pop() ?? '').slice(0, LINE_LIMIT);
    for (const line of parts.map((part) => part.slice(0, LINE_LIMIT).trim())) {
      if (line !== '') onLine(line);
    }
  };
}
