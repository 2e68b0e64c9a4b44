type Listener<Heard> = (heard: Heard) => void;

/** Listeners for something that can happen often; they are called in the order of their subscription. */
export class Listeners<Heard> {
  readonly #listeners = new Set<Listener<Heard>>();

  /** @returns a function that ends the subscription */
  add(listener: Listener<Heard>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls the listeners of this moment: a listener may add or end subscriptions meanwhile. */
  tell(heard: Heard): void {
    for (const listener of [...this.#listeners]) listener(heard);
  }
}

/** Listeners for something that happens at most once. A listener that is added afterwards is called at once. */
export class Once<Heard> {
  readonly #listeners = new Listeners<Heard>();
  #happened: { readonly heard: Heard } | undefined;

  /** What happened; undefined until it has. */
  get heard(): Heard | undefined {
    return this.#happened?.heard;
  }

  /** @returns a function that ends the subscription */
  add(listener: Listener<Heard>): () => void {
    if (!this.#happened) return this.#listeners.add(listener);
    listener(this.#happened.heard);
    return () => {};
  }

  /** Only the first call counts. */
  tell(heard: Heard): void {
    if (this.#happened) return;
    this.#happened = { heard };
    this.#listeners.tell(heard);
  }
}
