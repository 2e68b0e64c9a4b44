import { Command, InvalidArgumentError } from 'commander';

/** What can be listed, for people and as JSON. */
type Listing = 'faults' | 'faultsJson' | 'generated' | 'generatedJson' | 'settings' | 'settingsJson';

export interface Options {
  /** Folder for its files; without it a temporary one, which is removed at the end. */
  readonly dir: string | undefined;
  readonly faults: readonly string[];
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly seed: number;
  /** Network seconds per second of real time; never applies to answers, boots or NVRAM. */
  readonly networkClock: number;
  /** NVRAM file to load and to save to; without it the module starts with an empty NVRAM in `dir`. */
  readonly nvram: string | undefined;
  readonly baud: number;
  /** Print events for a person instead of sending them to the parent. */
  readonly print: boolean;
  /** Check the faults and settings and end, instead of running. */
  readonly check: boolean;
  /** List this and end, instead of running. */
  readonly list: Listing | undefined;
}

interface Parsed {
  dir?: string;
  fault: string[];
  set: [string, string][];
  seed: number;
  clock: number;
  nvram?: string;
  baud: number;
  print?: true;
  check?: true;
  faults?: true;
  generated?: true;
  json?: true;
  settings?: true;
}

/**
 * Parses the program's arguments (without node and the script).
 * @throws CommanderError with a message of one line, for wrong arguments and for --help
 */
export function parseOptions(args: readonly string[]): Options {
  const command = new Command('emulator')
    .description('An emulated BC26 behind a pseudo-terminal')
    .option('--dir <dir>', 'folder for device, control and powered')
    .option('--fault <id>', 'switch a firmware fault on; may be repeated', append<string>, [])
    .option('--set <name=value>', 'change a setting; may be repeated', appendSetting, [])
    .option('--seed <n>', 'seed of answer latencies and junk bytes', wholeNumber(0, 0xffff_ffff), 1)
    .option('--clock <factor>', 'network seconds per real second', wholeNumber(1, 1_000_000), 1)
    .option('--nvram <file>', 'NVRAM file to load and to save to')
    .option('--baud <rate>', 'pace of the serial line, bits per second', wholeNumber(110, 4_000_000), 115_200)
    .option('--print', 'print events even if there is an IPC channel')
    .option('--check', 'check the faults and settings that are named, and end')
    .option('--faults', 'list the firmware faults and end')
    .option('--generated', 'list the generated firmware faults and end')
    .option('--settings', 'list the settings and end')
    .option(
      '--json',
      'with --faults, --generated or --settings: as JSON, with the clauses that each breaks or departs from',
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const { dir, fault, set, seed, clock, nvram, baud, print, check, ...lists } = command
    .parse(args, { from: 'user' })
    .opts<Parsed>();
  const named = (['generated', 'faults', 'settings'] as const).find((name) => lists[name]);
  const list = named && lists.json ? (`${named}Json` as const) : named;
  return {
    dir,
    faults: fault,
    settings: set,
    seed,
    networkClock: clock,
    nvram,
    baud,
    print: print === true,
    check: check === true,
    list,
  };
}

const append = <T>(value: T, earlier: T[]): T[] => [...earlier, value];

function appendSetting(text: string, earlier: [string, string][]): [string, string][] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Expected NAME=VALUE.');
  return append([text.slice(0, equals), text.slice(equals + 1)], earlier);
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
