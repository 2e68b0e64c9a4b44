/** A sleep that somebody may end. */
export class Doze {
  #wake: (() => void) | undefined;

  /** Ends the sleep that goes on. */
  stir(): void {
    this.#wake?.();
  }

  /** Sleeps `ms` of real time. @returns whether it was ended before */
  sleep(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (stirred: boolean): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve(stirred);
      };
      const timer = setTimeout(() => end(false), ms);
      this.#wake = () => end(true);
    });
  }
}
