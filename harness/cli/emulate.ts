import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import path from 'node:path';

import { Command, Option } from 'commander';

import { watchForStop } from '../run/signals.ts';
import type { Finish } from './main.ts';

const program = path.resolve(import.meta.dirname, '../../rigs/emulator/main.mjs');
const collect = (value: string, before: string[]): string[] => [...before, value];

interface EmulateOptions {
  readonly dir?: string;
  readonly fault: string[];
  readonly set: string[];
  readonly clock?: string;
  readonly seed?: string;
  readonly nvram?: string;
  readonly baud?: string;
  readonly faults?: true;
  readonly settings?: true;
}

/** `emulate`: the emulated module as a program of its own, for a terminal or for a harness of any make. */
export function emulateCommand(finish: Finish): Command {
  return new Command('emulate')
    .description('run the emulated BC26 and print the path of its serial device')
    .option('--dir <dir>', 'where its control FIFO and state go (default: a temporary folder)')
    .option('--fault <id>', 'switch a firmware fault on; may be given several times', collect, [])
    .option('--faults', 'list the firmware faults, one a line, and end')
    .option('--set <name=value>', 'change a setting; may be given several times', collect, [])
    .option('--settings', 'list the settings (name, default, what it takes, why) and end')
    .option('--seed <n>', 'seed of the answer latency')
    .option('--nvram <file>', 'keep its NVRAM in this file')
    .option('--baud <rate>', 'pace of the wire (default: 115200)')
    .addOption(new Option('--clock <n>', 'network seconds per second'))
    .addHelpText(
      'after',
      `
It prints the path of its serial device, that of a control file, and then "ready". The module is off at
first. Lines written to the control file drive it; in another terminal, with the paths it prints:
  echo on > DIR/control          supply on and power key: the module boots
  picocom -b 115200 DEVICE       talk to it: AT+QDMPCFG?   (picocom ends with Ctrl-A Ctrl-X)
  echo off > DIR/control         cut the supply
Exit code 0 after quit, Ctrl-C or SIGTERM, and after a list; 2 for a fault, a setting or an option that is none.
Other control lines: power-key, reset, supply on|off, fault ID, heal ID, set NAME VALUE, rest, quit.
It ends on Ctrl-C, on quit, and with the shell or program that started it; to outlive that: ( … & )

The control file is there once "ready" is printed, and a script has to wait for that line:
  bc26-hil emulate --dir /tmp/bc26 > /tmp/bc26.log &
  timeout 15 sh -c 'until grep -q ^ready /tmp/bc26.log; do sleep 0.1; done'
  echo on > /tmp/bc26/control
  (sleep 3; printf 'AT+QDMPCFG?\\r'; sleep 1) | socat - $(cat /tmp/bc26/device),rawer
  echo quit > /tmp/bc26/control`,
    )
    .action(async (options: EmulateOptions) => finish(await runEmulator(options)));
}

async function runEmulator(options: EmulateOptions): Promise<number> {
  // The channel carries nothing but the end of this process, however it ends: the module ends with it.
  const child = spawn(process.execPath, [program, '--print', ...argumentsOf(options)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const endWatch = watchForStop(() => child.kill('SIGTERM'));
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  endWatch();
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

function argumentsOf({ fault, set, faults, settings, ...single }: EmulateOptions): string[] {
  return [
    ...(faults ? ['--faults'] : []),
    ...(settings ? ['--settings'] : []),
    ...fault.flatMap((id) => ['--fault', id]),
    ...set.flatMap((setting) => ['--set', setting]),
    ...Object.entries(single).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, String(value)],
    ),
  ];
}
