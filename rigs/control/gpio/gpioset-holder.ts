import { execa } from 'execa';

import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { waitToSettle } from '../../../harness/base/wait-to-settle.ts';
import { keepExcerpt } from '../programs/excerpt.ts';
import { gpioError } from './gpio-error.ts';

/** ms after SIGTERM, at which gpioset ends at once; then it is killed. */
const endLimitMs = 1_000;

/** ms; gpioset drives the line as soon as it runs. */
const startLimitMs = 3_000;

/** A gpioset that holds a line: as long as it runs, the line has its level. */
export interface GpiosetHolder {
  /** Whether it still runs, and so drives its line. */
  readonly alive: boolean;
  /** Ends it and waits for its end; idempotent. */
  end(): Promise<void>;
}

/** A gpioset that has been started, but may not drive its line yet. */
export interface RunningGpioset {
  /** 0 if it could not be started. */
  readonly pid: number;
  readonly stdout: NodeJS.ReadableStream;
  readonly alive: () => boolean;
}

interface HolderOptions {
  /** The gpioset to run. */
  readonly command: readonly string[];
  /** Its purpose, for messages: 'drive control.reset (…) high'. */
  readonly doing: string;
  readonly clock: Clock;
  /** Settles once the line is driven. */
  readonly driven: (gpioset: RunningGpioset) => Promise<unknown>;
}

/**
 * Starts the program so that the kernel kills it when this process ends in any way (PR_SET_PDEATHSIG). It gets a
 * process group of its own: a terminal's Ctrl-C goes to all processes of our group, and would release the line before
 * the run has driven it to rest.
 */
const start = (command: readonly string[]) =>
  execa('setpriv', ['--pdeathsig', 'KILL', '--', ...command], {
    stdin: 'ignore',
    detached: true,
    reject: false,
    buffer: false,
  });

type Program = ReturnType<typeof start>;

class RunningHolder implements GpiosetHolder {
  readonly #program: Program;
  readonly #clock: Clock;
  #gone = false;

  constructor(program: Program, clock: Clock) {
    this.#program = program;
    this.#clock = clock;
    program.once('exit', () => {
      this.#gone = true;
    });
  }

  get alive(): boolean {
    return !this.#gone;
  }

  async end(): Promise<void> {
    this.#program.kill('SIGTERM');
    if (await waitToSettle(this.#program, endLimitMs, this.#clock)) return;
    this.#program.kill('SIGKILL');
    await waitToSettle(this.#program, endLimitMs, this.#clock);
  }
}

/**
 * Starts a gpioset that holds its line; resolves once the line is driven. It ends with this process at the latest, so
 * that a crashed run holds no line.
 * @throws GPIO_UNAVAILABLE if setpriv is missing, the errors of `gpioError` if gpioset fails, CONTROL_TIMEOUT after 3 s
 */
export async function holdLine({ command, doing, clock, driven }: HolderOptions): Promise<GpiosetHolder> {
  const program = start(command);
  const stderr = keepExcerpt(program.stderr);
  const holder = new RunningHolder(program, clock);
  const ended = program.then(({ code, cause }) => {
    if (code === 'ENOENT') throw setprivMissingError(doing, cause);
    throw gpioError(doing, cause, stderr.text() || 'gpioset ended and printed nothing');
  });
  const taken = driven({ pid: program.pid ?? 0, stdout: program.stdout, alive: () => holder.alive });
  // Only the first to settle counts; a later rejection must not end the process.
  for (const late of [ended, taken]) late.catch(() => {});
  const ready = Promise.race([taken, ended]);
  try {
    if (!(await waitToSettle(ready, startLimitMs, clock))) throw timeoutError(doing);
    await ready;
    // It may have ended meanwhile; then `ended` rejects with its output.
    if (!holder.alive) await ended;
    return holder;
  } catch (error) {
    await holder.end();
    throw error;
  }
}

const setprivMissingError = (doing: string, cause: unknown): HilError =>
  new HilError('GPIO_UNAVAILABLE', `cannot ${doing}: the program setpriv could not be started`, {
    remedy: 'install it: sudo apt-get install util-linux',
    cause,
  });

const timeoutError = (doing: string): HilError =>
  new HilError(
    'CONTROL_TIMEOUT',
    `cannot ${doing}: gpioset did not drive the line within ${startLimitMs} ms`,
    {
      remedy: 'run gpioset by hand to see what it waits for',
    },
  );
