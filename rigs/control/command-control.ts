import type { Clock } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import type { CommandKeys } from '../file/rig-file.ts';
import { wiredCapabilities } from './capabilities.ts';
import type { Capabilities, Control } from './control.ts';
import { ProgramTurns } from './programs/program-turns.ts';
import { commandText, type ProgramWatch, runCommand, type RunResult } from './programs/run-command.ts';

interface CommandOptions {
  readonly control: CommandKeys;
  /** The rig file's folder. */
  readonly cwd: string;
  readonly clock: Clock;
  readonly programs?: ProgramWatch | undefined;
  /** The board's lock, which each program inherits. */
  readonly lockDescriptors?: readonly number[] | undefined;
}

type Action = 'on' | 'off' | 'reset' | 'powerKey' | 'powered';

/** Drives a board by programs of the rig file: for a PDU, a relay board, a USB hub. */
class CommandControl implements Control {
  readonly driver = 'command';
  readonly capabilities: Capabilities;
  readonly #options: CommandOptions;
  readonly #turns = new ProgramTurns();

  constructor(options: CommandOptions) {
    this.#options = options;
    // `on` and `off` are required, and `off` cuts the supply.
    this.capabilities = wiredCapabilities(options.control, true);
  }

  on = (): Promise<void> => this.#runAction('on');
  off = (): Promise<void> => this.#turns.runLast(() => this.#act('off'));
  reset = (): Promise<void> => this.#runAction('reset');
  powerKey = (): Promise<void> => this.#runAction('powerKey');
  /** The resting state is: no supply. */
  rest = (): Promise<void> => this.off();

  async powered(): Promise<boolean | undefined> {
    const { powered } = this.#options.control;
    if (!powered) return undefined;
    const result = await this.#turns.run((signal) => this.#run(powered, signal));
    if (result.exitCode === 0 || result.exitCode === 1) return result.exitCode === 0;
    throw this.#failed(
      'powered',
      powered,
      result,
      'make it exit with 0 if the module is powered and 1 if it is not',
    );
  }

  onTruth(): () => void {
    return () => {};
  }

  close = (): Promise<void> => this.#turns.close();

  async #runAction(action: Exclude<Action, 'off' | 'powered'>): Promise<void> {
    await this.#turns.run((signal) => this.#act(action, signal));
  }

  async #act(action: Exclude<Action, 'powered'>, signal?: AbortSignal): Promise<void> {
    const command = this.#options.control[action];
    if (!command)
      throw new HilError(
        'CONTROL_FAILED',
        `the rig file has no program for this action: control.${action} is missing`,
        {
          remedy: `add control.${action} to the rig file, or run only tests that do not need it`,
        },
      );
    const result = await this.#run(command, signal);
    if (result.exitCode !== 0)
      throw this.#failed(
        action,
        command,
        result,
        'run it by hand in the folder of the rig file, and correct it',
      );
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
    const message = `control.${action} ('${commandText(command)}') failed: ${result.outcome}`;
    return new HilError('CONTROL_FAILED', message, { remedy, cause: result.cause });
  }
}

/**
 * Drives a board by the rig file's programs, one at a time. Each call runs one program to its end: CONTROL_FAILED if it
 * exits with another code than 0, CONTROL_TIMEOUT if it takes longer than `timeoutMs`. `off`, `rest` and `close` end a
 * running program, unless it is an `off`; its call then rejects ABORTED.
 */
export const openCommandControl = (options: CommandOptions): Control => new CommandControl(options);
