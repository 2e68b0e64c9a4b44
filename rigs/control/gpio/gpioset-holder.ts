import { execa } from 'execa';

import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { waitToSettle } from '../../../harness/base/wait-to-settle.ts';
import { keepExcerpt } from '../programs/excerpt.ts';
import { gpioError } from './gpio-error.ts';

/** It ends at once when it is told to; the kill is for one that hangs. */
const endLimitMs = 1_000;

/** A line is driven as soon as the program runs. */
const startLimitMs = 3_000;

/** A gpioset that holds a line: as long as it runs, the line has its level. */
export interface GpiosetHolder {
  /** Whether it still runs, and so still drives its line. */
  readonly alive: boolean;
  /** Ends it and waits for its end; idempotent. */
  end(): Promise<void>;
}

/** A gpioset on its way to drive its line. */
export interface RunningGpioset {
  /** 0 when it could not be started. */
  readonly pid: number;
  readonly stdout: NodeJS.ReadableStream;
  readonly alive: () => boolean;
}

interface HolderOptions {
  /** The gpioset to run. */
  readonly command: readonly string[];
  /** What it is for, for messages: 'drive control.reset (…) high'. */
  readonly doing: string;
  readonly clock: Clock;
  /** Settles once the line is driven. */
  readonly driven: (gpioset: RunningGpioset) => Promise<unknown>;
}

/**
 * Starts the program so that the kernel kills it when this process ends, however that is (PR_SET_PDEATHSIG); and in a
 * process group of its own, since a terminal's Ctrl-C goes to all of ours: a line that is let go then is let go in the
 * middle of what the run does with it, and nobody could drive it to rest.
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
 * Starts a gpioset that holds its line; resolves once the line is driven. It ends with this process at the latest,
 * so that no crashed run leaves a line held.
 * Rejects GPIO_UNAVAILABLE when setpriv is missing, what `gpioError` makes of gpioset's words when it gives up,
 * CONTROL_TIMEOUT when nothing happens for 3 s.
 */
export async function holdLine({ command, doing, clock, driven }: HolderOptions): Promise<GpiosetHolder> {
  const program = start(command);
  const said = keepExcerpt(program.stderr);
  const holder = new RunningHolder(program, clock);
  const ended = program.then(({ code, cause }) => {
    if (code === 'ENOENT') throw noSetpriv(doing, cause);
    throw gpioError(doing, cause, said.text() || 'gpioset ended without a word');
  });
  const taken = driven({ pid: program.pid ?? 0, stdout: program.stdout, alive: () => holder.alive });
  // Only the first of them is heard; the other has nobody to tell.
  for (const late of [ended, taken]) late.catch(() => {});
  const ready = Promise.race([taken, ended]);
  try {
    if (!(await waitToSettle(ready, startLimitMs, clock))) throw tooLong(doing);
    await ready;
    // It may have ended while it was looked at; then its last words come with the end of its output.
    if (!holder.alive) await ended;
    return holder;
  } catch (error) {
    await holder.end();
    throw error;
  }
}

const noSetpriv = (doing: string, cause: unknown): HilError =>
  new HilError('GPIO_UNAVAILABLE', `cannot ${doing}: setpriv cannot be started`, {
    remedy: 'install util-linux',
    cause,
  });

const tooLong = (doing: string): HilError =>
  new HilError(
    'CONTROL_TIMEOUT',
    `cannot ${doing}: gpioset did not drive the line within ${startLimitMs} ms`,
    {
      remedy: 'run it by hand to see what it waits for',
    },
  );
