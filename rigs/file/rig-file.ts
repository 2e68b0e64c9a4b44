import { z } from 'zod';

import { gpiosetControl, onoffControl } from './gpio-keys.ts';

/**
 * The rates that the module supports: those that AT+IPR=? lists, except 0 (autobaud); BC26.md §1 UART.
 */
const baudRates = [
  110, 300, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600,
] as const;

const text = z.string().min(1).max(4096);

/** It becomes part of the names of folders and lock files: no slash, no blank, no leading dot. */
const name = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'letters, digits, ".", "_" and "-", beginning with a letter or digit',
  );

const serial = z.strictObject({
  /** The device; an emulated board makes its own. */
  path: text.optional(),
  baud: z.literal(baudRates).default(115200),
  /** For an adapter that vanishes with the supply: the port is closed before a cut and opened again after it. */
  reopen: z.boolean().default(false),
});

/** A program and its arguments, run without a shell. */
const command = z.array(text).min(1).max(64);

const setting = z.union([z.string(), z.number(), z.boolean()], { error: 'text, a number, true or false' });

const emulatorControl = z.strictObject({
  driver: z.literal('emulator'),
  faults: z.array(text).max(100).default([]),
  settings: z.record(text, setting).default({}),
  /** Seed of the emulated module's random choices; by default the run's seed. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  /** A file that keeps the emulated NVRAM from run to run; without it each run starts with a fresh module. */
  nvram: text.optional(),
});

const commandControl = z.strictObject({
  driver: z.literal('command'),
  on: command,
  off: command,
  reset: command.optional(),
  powerKey: command.optional(),
  powered: command.optional(),
  timeoutMs: z.int().min(100).max(600_000).default(10_000),
});

/** A run that is played again, in the place of a board. */
const replayControl = z.strictObject({ driver: z.literal('replay'), run: text });

const control = z.discriminatedUnion('driver', [
  emulatorControl,
  commandControl,
  onoffControl,
  gpiosetControl,
  replayControl,
]);

/**
 * When to warn that the module's NVRAM wears out. No document of the module gives an endurance (BC26.md §7);
 * data sheets of NOR flash commonly give 100,000 erasures of a sector, and many writes share a sector.
 */
const wear = z.strictObject({
  /** The number of writes that the module is assumed to endure. */
  endurance: z.int().min(1_000).max(1_000_000_000).default(100_000),
  /** Reports warn from this share of `endurance` on. */
  warnAt: z.number().min(0).max(1).default(0.8),
});

const deviceModule = z.strictObject({
  /** 15 digits (3GPP 23.003 §6.2.1). */
  imei: z.string().regex(/^[0-9]{15}$/, "15 digits in quotes, as in '863703030822519'"),
  firmware: z.string().min(1).max(64),
  deviations: text.optional(),
  mayLoseCredentials: z.boolean().default(false),
  /** Network seconds per second. */
  clock: z.number().min(1).max(100_000).default(1),
  /** How long the module may search for a network after a boot; a first search was seen to take 7 minutes. */
  attachDeadlineMs: z.int().min(1_000).max(3_600_000).default(600_000),
  /**
   * By how many seconds network times may differ from the stated ones: each firmware derives lifetimes and timers
   * from the update period in its own way (CMDMP.md §2.4), and checks them once a second.
   */
  networkToleranceS: z.number().min(0).max(3_600).default(2),
  /** How long a boot may take until AT is answered; the boot loader's watchdog takes 30 s (BC26.md §1). */
  bootDeadlineMs: z.int().min(1_000).max(600_000).default(30_000),
  /**
   * The least time from one boot to the next; by default 10 s, on an emulated board 0. Firmware was seen to crash when it
   * was restarted more often (BC26.md §4).
   */
  rebootIntervalMs: z.int().min(0).max(600_000).optional(),
  /** T: a saved value must survive a supply cut this long after OK (clause CFG-PERSIST-KINDS). */
  durableMs: z.int().min(0).max(60_000).default(1_000),
  wear: wear.prefault({}),
});

/** `ADDRESS:PORT`; IPv4, since the module's server settings take nothing else. */
const listen = z.string().transform((value, context) => {
  const [, address = '', digits = ''] = /^([0-9.]+):([0-9]{1,5})$/.exec(value) ?? [];
  const port = Number(digits);
  if (z.ipv4().safeParse(address).success && digits !== '' && port <= 65_535) return { address, port };
  context.addIssue({
    code: 'custom',
    message: "an IPv4 address and a port, as in '0.0.0.0:5683' (port 0: any free port)",
  });
  return z.NEVER;
});

/** `ADDRESS` or `ADDRESS:PORT`. */
const reachableAs = z.string().transform((value, context) => {
  const [, address = '', digits] = /^([0-9.]+)(?::([1-9][0-9]{0,4}))?$/.exec(value) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (z.ipv4().safeParse(address).success && (port ?? 0) <= 65_535) return { address, port };
  context.addIssue({
    code: 'custom',
    message: "an IPv4 address, with a port where NAT maps it, as in 203.0.113.5 or '203.0.113.5:15683'",
  });
  return z.NEVER;
});

const platform = z.strictObject({
  listen,
  /** What the module connects to; by default the address and port listened on. */
  reachableAs: reachableAs.optional(),
});

/** Sent between double quotes in a command, so it must not contain one, nor a byte that ends the line. */
const quotable = /^[\x20\x21\x23-\x7e]+$/;
const credential = z.string().max(255).regex(quotable, 'printable ASCII without a double quote');

const savedCredentials = z.strictObject({
  appKey: credential,
  password: z.union([credential, z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) })], {
    error: 'the text itself (printable ASCII without a double quote) or { env: NAME }',
  }),
});

/** `factory`: none are saved in the module. */
const credentials = z.union([savedCredentials, z.literal('factory')], {
  error: "a map with appKey and password, or 'factory' for a module in which none are saved",
});

/** The keys of a rig file. A new driver is one more member of `control`. */
export const rigFileSchema = z.strictObject({
  name,
  serial: serial.prefault({}),
  control,
  module: deviceModule,
  platform: platform.optional(),
  credentials: credentials.optional(),
});

/** The keys of a rig file with `driver: replay`: module, speed and all else are those of the run. */
export const replayRigSchema = z.strictObject({ name, control: replayControl });

type Written = z.output<typeof rigFileSchema>;

/** The rig file of a board, as it is written; one that plays a run again is read by its own schema (replay-rig.ts). */
export type WrittenRig = Omit<Written, 'control'> & {
  control: Exclude<Written['control'], { driver: 'replay' }>;
};

export type EmulatorKeys = z.output<typeof emulatorControl>;
export type CommandKeys = z.output<typeof commandControl>;
/** The keys of both GPIO drivers. */
export type GpioKeys = z.output<typeof onoffControl> | z.output<typeof gpiosetControl>;

export interface PlatformAddress {
  /** Where the platform listens; port 0 is any free port. */
  readonly listen: { readonly address: string; readonly port: number };
  /** What the module connects to; without a port it is the one that the platform listens on. */
  readonly reachableAs: { readonly address: string; readonly port?: number | undefined };
}

export interface Credentials {
  readonly appKey: string;
  readonly password: string;
}

/** A checked rig file: defaults filled in, paths absolute, the password read from its variable. */
export interface RigFile extends Pick<WrittenRig, 'name' | 'serial' | 'control'> {
  readonly module: WrittenRig['module'] & { readonly rebootIntervalMs: number };
  /** The file's absolute path. */
  readonly file: string;
  readonly platform?: PlatformAddress;
  /** What is saved in the module; `factory`: nothing. */
  readonly credentials?: Credentials | 'factory';
}

/** The credentials that are saved in the module, if the rig file gives any. */
export const credentialsOf = ({ credentials }: Pick<RigFile, 'credentials'>): Credentials | undefined =>
  credentials === 'factory' ? undefined : credentials;

/** Whether the board is the emulated one. */
export const isEmulated = (
  rig: Pick<RigFile, 'control'>,
): rig is Pick<RigFile, 'control'> & { control: EmulatorKeys } => rig.control.driver === 'emulator';
