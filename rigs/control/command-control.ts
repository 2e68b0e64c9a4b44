import type { Clock } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import type { CommandKeys } from '../file/rig-file.ts';
import type { Capabilities, Control } from './control.ts';
import { ProgramTurns } from './programs/program-turns.ts';
import { type ProgramWatch, runCommand, type RunResult, shown } from './programs/run-command.ts';

interface CommandOptions {
  readonly control: CommandKeys;
  /** The rig file's folder. */
  readonly cwd: string;
  readonly clock: Clock;
  readonly programs?: ProgramWatch | undefined;
  /** The board's lock, which each program holds on while it runs. */
  readonly lockDescriptors?: readonly number[] | undefined;
}

type Action = 'on' | 'off' | 'reset' | 'powerKey' | 'powered';

/** Drives a board by programs its owner names: a PDU, a relay board, a USB hub. */
class CommandControl implements Control {
  readonly driver = 'command';
  readonly capabilities: Capabilities;
  readonly #options: CommandOptions;
  readonly #turns = new ProgramTurns();

  constructor(options: CommandOptions) {
    this.#options = options;
    const { reset, powerKey, powered } = options.control;
    this.capabilities = {
      powerKey: powerKey !== undefined,
      reset: reset !== undefined,
      supplyCut: true,
      powered: powered !== undefined,
      truth: false,
    };
  }

  on = (): Promise<void> => this.#raise('on');
  off = (): Promise<void> => this.#turns.runLast(() => this.#do('off'));
  reset = (): Promise<void> => this.#raise('reset');
  powerKey = (): Promise<void> => this.#raise('powerKey');
  /** A board without supply has no other level to rest at. */
  rest = (): Promise<void> => this.off();

  async powered(): Promise<boolean | undefined> {
    const { powered } = this.#options.control;
    if (!powered) return undefined;
    const result = await this.#turns.run((signal) => this.#run(powered, signal));
    if (result.exitCode === 0 || result.exitCode === 1) return result.exitCode === 0;
    throw this.#failed('powered', powered, result, 'it has to exit 0 when the module is powered, 1 when not');
  }

  onTruth(): () => void {
    return () => {};
  }

  close = (): Promise<void> => this.#turns.close();

  async #raise(action: Exclude<Action, 'off' | 'powered'>): Promise<void> {
    await this.#turns.run((signal) => this.#do(action, signal));
  }

  async #do(action: Exclude<Action, 'powered'>, signal?: AbortSignal): Promise<void> {
    const command = this.#options.control[action];
    if (!command)
      throw new HilError('CONTROL_FAILED', `the rig file gives no command for control.${action}`, {
        remedy: `add control.${action}, or run only what needs none`,
      });
    const result = await this.#run(command, signal);
    if (result.exitCode !== 0)
      throw this.#failed(action, command, result, 'run it by hand in the folder of the rig file');
  }

  #run(command: readonly string[], signal: AbortSignal | undefined): Promise<RunResult> {
    const { cwd, clock, control, programs, lockDescriptors } = this.#options;
    return runCommand({
      command,
      cwd,
      clock,
      timeoutMs: control.timeoutMs,
      signal,
      programs,
      lockDescriptors,
    });
  }

  #failed(action: Action, command: readonly string[], result: RunResult, remedy: string): HilError {
    const message = `control.${action} ('${shown(command)}') failed: ${result.outcome}`;
    return new HilError('CONTROL_FAILED', message, { remedy, cause: result.cause });
  }
}

/**
 * The board behind the rig file's own programs, one at a time. Each call runs one to its end: CONTROL_FAILED when it
 * exits with anything but 0, CONTROL_TIMEOUT when it takes longer than `timeoutMs`. `off` and `rest` end what runs,
 * unless it is an `off`, and so does `close`: the call that began it rejects ABORTED.
 */
export const openCommandControl = (options: CommandOptions): Control => new CommandControl(options);
