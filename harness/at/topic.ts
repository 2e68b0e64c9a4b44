import type { Unsubscribe } from './at-client.ts';

export interface Topic<T> {
  publish(news: T): void;
  /** The listener gets the kept news first, then all that follow. */
  subscribe(listener: (news: T) => void): Unsubscribe;
}

/**
 * Publishes to any number of listeners. Without a listener the last `backlog` news are kept for the first one.
 * @param onError is called when a listener throws; the publisher and the other listeners are not affected
 */
export function createTopic<T>(backlog: number, onError: (error: unknown) => void): Topic<T> {
  const listeners = new Set<(news: T) => void>();
  const kept: T[] = [];

  const call = (listener: (news: T) => void, news: T): void => {
    try {
      listener(news);
    } catch (error) {
      onError(error);
    }
  };

  return {
    publish(news) {
      if (listeners.size === 0) {
        kept.push(news);
        if (kept.length > backlog) kept.shift();
      }
      for (const listener of [...listeners]) call(listener, news);
    },
    subscribe(listener) {
      // The same function may subscribe twice: each subscription gets a listener of its own.
      const own = (news: T): void => listener(news);
      listeners.add(own);
      for (const news of kept.splice(0)) call(own, news);
      return () => listeners.delete(own);
    },
  };
}
