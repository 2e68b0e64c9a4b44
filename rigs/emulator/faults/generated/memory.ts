import { isRefused } from '../../module/answers.ts';
import type { Answer, Call } from '../../module/handler.ts';
import { isCmdmp } from '../match-command.ts';
import type { Hooks, Passing } from './place.ts';

/**
 * What a fault remembers of the module's past. It lasts as long as the fault is on, over reboots: it stands for what a
 * firmware keeps where no command shows it.
 */
export class Memory {
  #last: Passing['last'];
  #sinceBoot = 0;
  #count = 0;

  /** The module passes the place once more. */
  pass(): Passing {
    this.#sinceBoot += 1;
    this.#count += 1;
    return { nth: this.#sinceBoot, count: this.#count, last: this.#last };
  }

  reboot(): void {
    this.#sinceBoot = 0;
    this.#last = undefined;
  }

  /** A command was answered. */
  note(call: Call, answer: Answer): void {
    if (isCmdmp(call)) this.#last = { call, refused: isRefused(answer) };
  }

  /** Hooks that note each command and each boot. */
  watch(): Pick<Hooks, 'answer' | 'booted'> {
    return {
      answer: (call, _, next) => {
        const answer = next(call);
        this.note(call, answer);
        return answer;
      },
      booted: () => this.reboot(),
    };
  }
}

/** Counts the boots since an item was last saved, though it was saved with the value that it had. */
export class BootCount {
  readonly #item: string;
  #boots = 0;

  constructor(item: string) {
    this.#item = item;
  }

  /** @param changes what is saved or erased */
  commit(changes: ReadonlyMap<string, unknown>): void {
    if (changes.has(this.#item)) this.#boots = 0;
  }

  /** @returns how many boots there have been, this one included */
  boot(): number {
    this.#boots += 1;
    return this.#boots;
  }
}
