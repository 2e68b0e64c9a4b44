import type { Unsubscribe } from './at-client.ts';

/** One kind of news with any number of listeners. */
export interface Topic<T> {
  publish(news: T): void;
  /** Hears everything from now on, and what came before anybody listened. */
  subscribe(listener: (news: T) => void): Unsubscribe;
}

/**
 * A topic that keeps the last `backlog` news while nobody listens and hands them to the first who does.
 * @param failed hears of a listener that threw; the others, and whoever published, do not.
 */
export function createTopic<T>(backlog: number, failed: (error: unknown) => void): Topic<T> {
  const listeners = new Set<(news: T) => void>();
  const kept: T[] = [];

  const tell = (listener: (news: T) => void, news: T): void => {
    try {
      listener(news);
    } catch (error) {
      failed(error);
    }
  };

  return {
    publish(news) {
      if (listeners.size === 0) {
        kept.push(news);
        if (kept.length > backlog) kept.shift();
      }
      for (const listener of [...listeners]) tell(listener, news);
    },
    subscribe(listener) {
      // A listener of its own for each subscription: the same function may subscribe twice.
      const own = (news: T): void => listener(news);
      listeners.add(own);
      for (const news of kept.splice(0)) tell(own, news);
      return () => listeners.delete(own);
    },
  };
}
