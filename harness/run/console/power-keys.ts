import type { Control } from '../../../rigs/control/control.ts';
import { describeError } from '../../base/error.ts';
import type { Key } from './keys.ts';

type PowerKey = Exclude<Key, 'end'>;

/** Works the board's lines for somebody at a keyboard: one action after the other. */
export class PowerKeys {
  readonly #control: Control;
  readonly #say: (text: string) => void;
  #last: Promise<void> = Promise.resolve();
  #supplied = false;

  constructor(control: Control, say: (text: string) => void) {
    this.#control = control;
    this.#say = say;
  }

  /** Resolves once the key has acted, after those pressed before it. What fails is said, not thrown. */
  press(key: PowerKey): Promise<void> {
    this.#last = this.#last
      .then(() => this.#act(key))
      .catch((error: unknown) => this.#say(describeError(error)));
    return this.#last;
  }

  /** Waits for the actions under way. */
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
      return this.#say('this board has no reset line; AT+QRST=1 restarts the module');
    this.#say('reset');
    await this.#control.reset();
  }

  /** The supply where it is off; else the power key, unless the module is seen to be on (BC26.md §1). */
  async #on(): Promise<void> {
    const { supplyCut, powerKey } = this.#control.capabilities;
    if (supplyCut && !this.#supplied) {
      this.#say('power on');
      await this.#control.on();
      this.#supplied = true;
      return;
    }
    if (await this.#control.powered())
      return this.#say('the module is on: a key pressed now is no documented input');
    if (!powerKey) return this.#say('this board has no power key; Ctrl-O and Ctrl-P switch the supply');
    this.#say('power key');
    await this.#control.powerKey();
  }

  async #off(): Promise<void> {
    if (!this.#control.capabilities.supplyCut) {
      return this.#say('this board has no switched supply; AT+QPOWD=0 switches the module off');
    }
    this.#say('power off');
    await this.#control.off();
    this.#supplied = false;
  }
}
