import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { type Done, PiConsole } from './pi-console.fixture.ts';
import { followWrites, type RegisterWrite } from './register-writes.fixture.ts';

/** What a Pi is made of: paths. */
export interface Parts {
  /** The cache's folder, with kernel and device tree. */
  readonly built: string;
  readonly initramfs: string;
  readonly card: string;
  /** The serial device that its header's UART is wired to. */
  readonly device: string;
  /** Takes the console's log and its socket. */
  readonly folder: string;
}

/** An emulated Raspberry Pi 3B that has booted. */
export interface Pi {
  /** From QEMU's start until commands are taken, ms. */
  readonly bootMs: number;
  /** Runs a command of bash inside, in the project's folder. */
  run(command: string, limitMs?: number): Promise<Done>;
  /** Its power is cut: nothing is written back, nothing ended. */
  losePower(): Promise<void>;
}

const MINUTE_MS = 60_000;

/**
 * Three times what was seen on two cores with twenty busy processes: 130 s until a program of the project has started,
 * where an idle machine takes ten.
 */
export const patienceMs = 30 * MINUTE_MS;

/**
 * Boots a Pi.
 * @param write takes every write to its GPIO controller
 */
export async function bootPi(parts: Parts, write: (write: RegisterWrite) => void): Promise<Pi> {
  const begun = performance.now();
  const socket = path.join(parts.folder, 'console.sock');
  const log = path.join(parts.folder, 'console.log');
  const options = [
    ['-M', 'raspi3b', '-m', '1G', '-display', 'none', '-nodefaults', '-no-reboot'],
    ['-kernel', path.join(parts.built, 'kernel'), '-dtb', path.join(parts.built, 'pi.dtb')],
    // `root=`: without it the files would have half of the memory at most, and do not fit.
    ['-initrd', parts.initramfs, '-append', 'console=ttyS1,115200 root=/dev/ram0 rdinit=/init panic=-1'],
    ['-drive', `if=sd,format=qcow2,file=${parts.card}`],
    // The first serial port is the PL011, the second the mini UART.
    ['-chardev', `serial,id=header,path=${parts.device}`, '-serial', 'chardev:header'],
    ['-chardev', `socket,id=console,path=${socket},server=on,wait=off,logfile=${log},logappend=on`],
    ['-serial', 'chardev:console'],
    // Every write to a device, stamped when it is made. Looking at levels now and then would miss short ones.
    ['-trace', 'memory_region_ops_write', '-msg', 'timestamp=on'],
  ].flat();
  // It ends with this process, even if that is killed.
  const machine = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'nice', '-n', '10', 'qemu-system-aarch64', ...options],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(machine, 'exit');
  followWrites(machine.stderr, write, (line) => process.stderr.write(`pi lane: ${line}\n`));

  const losePower = async (): Promise<void> => {
    machine.kill('SIGKILL');
    await ended;
  };
  try {
    const line = await Promise.race([
      PiConsole.connect(socket, MINUTE_MS),
      ended.then(() => Promise.reject(new Error('QEMU ended at once; its message is above'))),
    ]);
    await line.ready(5 * MINUTE_MS);
    return {
      bootMs: performance.now() - begun,
      run: (command, limitMs = patienceMs) => line.run(command, limitMs),
      async losePower() {
        line.close();
        await losePower();
      },
    };
  } catch (error) {
    await losePower();
    throw new Error(`${String(error)}; the console's log is ${log}`, { cause: error });
  }
}
