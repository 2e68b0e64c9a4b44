import { commandNames } from './command-names.ts';

/** Names of commands remembered; more than a run has. */
const maxAsked = 256;

/** The names of the commands that were sent. */
export interface Asked {
  /** @param data bytes that were sent, latin1 */
  add(data: string): void;
  has(name: string): boolean;
}

export function createAsked(): Asked {
  const names = new Set<string>();
  return {
    add(data) {
      for (const name of commandNames(data)) {
        names.delete(name);
        names.add(name);
      }
      const [oldest] = names;
      if (oldest !== undefined && names.size > maxAsked) names.delete(oldest);
    },
    has: (name) => names.has(name),
  };
}
