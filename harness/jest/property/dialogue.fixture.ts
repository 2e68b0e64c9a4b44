import type { Exchange } from '../../at/exchange.ts';
import { HilError } from '../../base/error.ts';
import type { Fixtures } from '../host/fixtures.ts';

/** What a scripted module does: it answers lines, with the final result last; it restarts; or it is silent. */
export type Reply = readonly string[] | 'restarts' | 'silence';

/** A module for tests of properties: answers at once by a script, and keeps what it was sent. */
export interface FakeDialogue {
  readonly fixtures: Pick<Fixtures, 'module' | 'board' | 'run'>;
  readonly heard: readonly string[];
}

/** @param reply the answer to a command; undefined: OK */
export function fakeDialogue(reply: (command: string) => Reply | undefined, seed = 1): FakeDialogue {
  const heard: string[] = [];

  function at(command: string): Promise<Exchange> {
    heard.push(command);
    const answer = reply(command) ?? ['OK'];
    if (answer === 'restarts')
      return Promise.reject(new HilError('UNEXPECTED_RESET', `restarted at ${command}`));
    if (answer === 'silence')
      return Promise.reject(new HilError('AT_TIMEOUT', `${command} was not answered`));
    const text = answer.at(-1) ?? '';
    return Promise.resolve({
      command,
      information: answer.slice(0, -1),
      final: { kind: text === 'OK' ? 'OK' : 'ERROR', text },
    } as unknown as Exchange);
  }

  const reboot = () => {
    heard.push('(reboot)');
    return Promise.resolve();
  };
  const run = { seed, profile: 'nightly', lineFaults: [], exchanges: [], reboots: [] };
  return {
    fixtures: { module: { at }, board: { reboot }, run } as unknown as FakeDialogue['fixtures'],
    heard,
  };
}
