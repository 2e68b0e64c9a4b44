import type { Control } from '../../../rigs/control/control.ts';
import { describeError } from '../../base/error.ts';
import type { Key } from './keys.ts';

type PowerKey = Exclude<Key, 'end'>;

/** Carries out the power and reset keys, one after the other. */
export class PowerKeys {
  readonly #control: Control;
  readonly #inform: (text: string) => void;
  #last: Promise<void> = Promise.resolve();
  #supplied = false;

  constructor(control: Control, inform: (text: string) => void) {
    this.#control = control;
    this.#inform = inform;
  }

  /** Resolves once the key has acted, after the keys before it. A failure is shown, not thrown. */
  press(key: PowerKey): Promise<void> {
    this.#last = this.#last
      .then(() => this.#act(key))
      .catch((error: unknown) => this.#inform(describeError(error)));
    return this.#last;
  }

  /** Waits for the keys pressed so far. */
  settled(): Promise<void> {
    return this.#last;
  }

  #act(key: PowerKey): Promise<void> {
    switch (key) {
      case 'reset':
        return this.#reset();
      case 'on':
        return this.#on();
      case 'off':
        return this.#off();
    }
  }

  async #reset(): Promise<void> {
    if (!this.#control.capabilities.reset)
      return this.#inform('this board has no reset line; AT+QRST=1 restarts the module');
    this.#inform('reset');
    await this.#control.reset();
  }

  /** Switches the supply on where it is off; else presses the power key, unless the module is sensed to be on (BC26.md §1). */
  async #on(): Promise<void> {
    const { supplyCut, powerKey } = this.#control.capabilities;
    if (supplyCut && !this.#supplied) {
      this.#inform('power on');
      await this.#control.on();
      this.#supplied = true;
      return;
    }
    if (await this.#control.powered())
      return this.#inform(
        'the module is on: the power key is not pressed, since its effect now is not documented',
      );
    if (!powerKey) return this.#inform('this board has no power key; Ctrl-O and Ctrl-P switch the supply');
    this.#inform('power key');
    await this.#control.powerKey();
  }

  async #off(): Promise<void> {
    if (!this.#control.capabilities.supplyCut) {
      return this.#inform('this board has no switched supply; AT+QPOWD=0 switches the module off');
    }
    this.#inform('power off');
    await this.#control.off();
    this.#supplied = false;
  }
}
