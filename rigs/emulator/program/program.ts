import fs from 'node:fs';

import { systemClock } from '../base/clock.ts';
import type { EmulatorMessage } from '../base/protocol.ts';
import { replaceFile } from '../base/replace-file.ts';
import { executeControlLine } from '../board/control-lines.ts';
import { createEmulator, type Emulator } from '../board/emulator.ts';
import { openPty } from '../board/pty.ts';
import type { NvramStore } from '../module/nvram.ts';
import { openLoopbackSocket } from '../network/loopback-socket.ts';
import { openNetwork } from '../network/network.ts';
import { openControlFifo } from './control-fifo.ts';
import { type Folder, openFolder } from './folder.ts';
import { namedNvramFile, nvramFile } from './nvram-file.ts';
import type { Options } from './options.ts';
import type { Report } from './report.ts';

/**
 * Runs the emulated module until a signal, `quit`, or the end of its parent.
 * @throws Error of one line, if it cannot start
 */
export function runEmulator(options: Options, report: Report): void {
  const folder = openFolder(options.dir);
  // Runs on every orderly end, an uncaught exception's included.
  process.once('exit', () => folder.remove());
  // Printed before Node's own report, so that the first line says what is wrong, not where in the code.
  process.once('uncaughtExceptionMonitor', ({ message }) => process.stderr.write(`emulator: ${message}\n`));
  const pty = openPty();
  const emulator = createEmulator({
    clock: systemClock,
    store: nvramStore(options, folder),
    network: openNetwork({
      clock: systemClock,
      factor: options.networkClock,
      openSocket: openLoopbackSocket,
    }),
    seed: options.seed,
    baud: options.baud,
    write: (bytes) => pty.write(bytes),
    report: (message) => reportMessage(message, folder, report),
  });
  for (const [name, value] of options.settings) emulator.settings.change(name, value);
  for (const id of options.faults) emulator.faults.switchOn(id);
  const quit = installEndings(emulator);
  openControlFifo(folder.control, (line) => void obeyControlLine(line, emulator, quit, report));
  pty.onData((bytes, readAt) => emulator.feed(bytes, readAt));
  replaceFile(folder.powered, '0\n');
  replaceFile(folder.device, `${pty.path}\n`);
  report({ type: 'ready', device: pty.path, dir: folder.dir });
}

function nvramStore(options: Options, folder: Folder): NvramStore {
  if (options.nvram !== undefined) return namedNvramFile(options.nvram);
  fs.rmSync(folder.nvram, { force: true });
  return nvramFile(folder.nvram);
}

/** Updates the file `powered` before the message, so that its receiver reads the new state. */
function reportMessage(message: EmulatorMessage, folder: Folder, report: Report): void {
  if (message.type === 'power') replaceFile(folder.powered, message.on ? '1\n' : '0\n');
  report(message);
}

async function obeyControlLine(
  line: string,
  emulator: Emulator,
  quit: () => void,
  report: Report,
): Promise<void> {
  const { power, faults, settings } = emulator;
  try {
    await executeControlLine(line, { clock: systemClock, power, faults, settings, quit });
    report({ type: 'control', line, at: String(systemClock.now()) });
  } catch (error) {
    report({ type: 'control', line, at: String(systemClock.now()), error: (error as Error).message });
  }
}

/** Ends the program at signals and when its parent has gone; the module loses its supply then. */
function installEndings(emulator: Emulator): () => void {
  const end = (): void => {
    emulator.power.supplyOff();
    process.exit(0);
  };
  // A terminal's Ctrl-C reaches the parent as well, which ends this program when it no longer needs it.
  if (process.connected) process.on('SIGINT', () => undefined);
  else process.once('SIGINT', end);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  process.once('disconnect', end);
  // The parent may have gone while this program was loading; without an IPC channel this is undefined.
  if (process.connected === false) end();
  return end;
}
