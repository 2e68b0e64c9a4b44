import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import path from 'node:path';

import { Command, Option } from 'commander';

import { watchForSignal } from '../run/signals.ts';
import type { Finish } from './finish.ts';
import { collect } from './option-parsers.ts';

const program = path.resolve(import.meta.dirname, '../../rigs/emulator/main.mjs');

interface EmulateOptions {
  readonly dir?: string;
  readonly fault?: string[];
  readonly set?: string[];
  readonly clock?: string;
  readonly seed?: string;
  readonly nvram?: string;
  readonly baud?: string;
  readonly faults?: true;
  readonly generated?: true;
  readonly json?: true;
  readonly settings?: true;
}

/** `emulate`: the emulated module as a program of its own, for a terminal or another harness. */
export function emulateCommand(finish: Finish): Command {
  return new Command('emulate')
    .description('run the emulated BC26 and print the path of its serial device')
    .option('--dir <dir>', 'folder for its control file and its state (default: a temporary one)')
    .option('--fault <id>', 'switch on a firmware fault; may be repeated', collect)
    .option('--faults', 'list the firmware faults, one per line, and end')
    .option('--generated', 'list the generated firmware faults, one per line, and end')
    .option('--set <name=value>', 'change a setting; may be repeated', collect)
    .option('--settings', 'list the settings (name, default, allowed values, purpose) and end')
    .option(
      '--json',
      'with --faults or --generated: as JSON, with the clauses that each breaks; with --settings: those of sound modules',
    )
    .option('--seed <n>', 'seed of the random answer times')
    .option('--nvram <file>', 'keep its NVRAM in this file')
    .option('--baud <rate>', 'speed of the serial line (default: 115200)')
    .addOption(new Option('--clock <n>', 'network seconds per real second (default: 1)'))
    .addHelpText(
      'after',
      `
It prints the path of its serial device, then the path of its control file, then "ready". The module is off at
first. To drive it, write lines to the control file from another terminal, with the printed paths:
  echo on > DIR/control          supply on and power key: the module boots
  picocom -b 115200 DEVICE       talk to it: AT+QDMPCFG?   (picocom ends with Ctrl-A Ctrl-X)
  echo off > DIR/control         cut the supply
Other lines: power-key, reset, supply on|off, fault ID, heal ID, set NAME VALUE, rest, quit.

It ends on quit, Ctrl-C, SIGTERM and SIGHUP (a terminal that closes), and not with the shell or program that started
it: started in the background of a script, it runs until it is ended. To let it outlive its terminal: setsid … &
Exit code 0 after quit, Ctrl-C, SIGTERM or a list; 2 for an unknown fault, setting or option.

A script has to wait for "ready"; the control file exists from then on:
  bc26-hil emulate --dir /tmp/bc26 > /tmp/bc26.log &
  timeout 15 sh -c 'until grep -q ^ready /tmp/bc26.log; do sleep 0.1; done'
  echo on > /tmp/bc26/control
  (sleep 3; printf 'AT+QDMPCFG?\\r'; sleep 1) | socat - $(cat /tmp/bc26/device),rawer
  echo quit > /tmp/bc26/control`,
    )
    .action(async (options: EmulateOptions) => finish(await runEmulator(options)));
}

async function runEmulator(options: EmulateOptions): Promise<number> {
  // The IPC channel carries no messages. It closes when this process ends, however that happens, and ends the module.
  const child = spawn(process.execPath, [program, '--print', ...argumentsOf(options)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const endWatch = watchForSignal(() => child.kill('SIGTERM'));
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  endWatch();
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

function argumentsOf({
  fault = [],
  set = [],
  faults,
  generated,
  json,
  settings,
  ...single
}: EmulateOptions): string[] {
  return [
    ...(faults ? ['--faults'] : []),
    ...(generated ? ['--generated'] : []),
    ...(json ? ['--json'] : []),
    ...(settings ? ['--settings'] : []),
    ...fault.flatMap((id) => ['--fault', id]),
    ...set.flatMap((setting) => ['--set', setting]),
    ...Object.entries(single).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, String(value)],
    ),
  ];
}
