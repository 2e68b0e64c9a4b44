import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
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
}

/** `emulate`: the emulated module as a program of its own, for a terminal or for a harness of any make. */
export function emulateCommand(finish: Finish): Command {
  return new Command('emulate')
    .description('run the emulated BC26 and print the path of its serial device')
    .option('--dir <dir>', 'where its control FIFO and state go (default: a temporary folder)')
    .option('--fault <id>', 'switch a firmware fault on; may be given several times', collect, [])
    .option('--set <name=value>', 'change a setting; may be given several times', collect, [])
    .option('--seed <n>', 'seed of the answer latency')
    .option('--nvram <file>', 'keep its NVRAM in this file')
    .option('--baud <rate>', 'pace of the wire (default: 115200)')
    .addOption(new Option('--clock <n>', 'network seconds per second'))
    .addHelpText(
      'after',
      `
It starts without power. In another terminal, with the paths it prints:
  echo on > DIR/control          supply on and power key: the module boots
  picocom -b 115200 DEVICE       talk to it: AT+QDMPCFG?
  echo off > DIR/control         cut the supply (also: power-key, reset, supply on|off, fault ID, heal ID)
Faults and settings are listed in rigs/emulator/README.md.`,
    )
    .action(async (options: EmulateOptions) => finish(await runEmulator(options)));
}

async function runEmulator(options: EmulateOptions): Promise<number> {
  const child = spawn(process.execPath, [program, ...argumentsOf(options)], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

function argumentsOf({ fault, set, ...single }: EmulateOptions): string[] {
  return [
    ...fault.flatMap((id) => ['--fault', id]),
    ...set.flatMap((setting) => ['--set', setting]),
    ...Object.entries(single).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, String(value)],
    ),
  ];
}
