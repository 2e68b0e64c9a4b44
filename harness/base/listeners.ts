type Listener<Heard> = (heard: Heard) => void;

/** Those who hear of something each time it happens, in the order in which they asked. */
export class Listeners<Heard> {
  readonly #listeners = new Set<Listener<Heard>>();

  /** Returns a function that ends the subscription. */
  add(listener: Listener<Heard>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Who asks, or leaves, while it is told changes nothing for this time. */
  tell(heard: Heard): void {
    for (const listener of [...this.#listeners]) listener(heard);
  }
}

/** What happens once at most, and those who hear of it: whoever asks afterwards hears at once. */
export class Once<Heard> {
  readonly #listeners = new Listeners<Heard>();
  #happened: { readonly heard: Heard } | undefined;

  /** What happened; undefined until it has. */
  get heard(): Heard | undefined {
    return this.#happened?.heard;
  }

  /** Returns a function that ends the subscription. */
  add(listener: Listener<Heard>): () => void {
    if (!this.#happened) return this.#listeners.add(listener);
    listener(this.#happened.heard);
    return () => {};
  }

  /** The first time counts; later ones are nothing. */
  tell(heard: Heard): void {
    if (this.#happened) return;
    this.#happened = { heard };
    this.#listeners.tell(heard);
  }
}
