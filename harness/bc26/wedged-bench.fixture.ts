import { HilError } from '../base/error.ts';
import { elapse, type FakeReply } from './fake-at.fixture.ts';
import { everything, type FakeBench, fakeBench } from './fake-bench.fixture.ts';
import { recover, type RungTried, type Trouble } from './recovery.ts';

export const cause = new HilError('AT_TIMEOUT', 'no final result within 5000 ms');
export const identity = { imei: '863703030822519', revision: 'BC26NBR01A07' };
export const trouble: Trouble = { because: cause.code, cause, identity };
export const senseless = { ...everything, powered: false };

/** A board whose module answers every command with `reply` until the act `helps` was done; `undefined`: never. */
export function wedged(
  helps: string | undefined,
  capabilities = everything,
  reply: (command: string) => FakeReply | undefined = () => 'silence',
): FakeBench {
  let drained = false;
  const done = (): boolean =>
    helps === 'drain' ? drained : helps !== undefined && bench.acts.some(({ act }) => act === helps);
  const untilDone = new Proxy({}, { get: (_, command) => (done() ? undefined : reply(command as string)) });
  const bench = fakeBench({ capabilities, replies: untilDone });
  const transmit = () => {
    drained = true;
    return Promise.resolve({} as never);
  };
  return { ...bench, at: { ...bench.at, transmit } };
}

export const climb = async (bench: FakeBench, more: Partial<Trouble> = {}): Promise<readonly RungTried[]> =>
  elapse(bench.clock, recover(bench, { ...trouble, ...more }));
export const acted = (bench: FakeBench): string[] => bench.acts.map(({ act }) => act);
export const noted = (bench: FakeBench) =>
  bench.trace.lines.filter(({ body }) => body['kind'] === 'recovery').map(({ body }) => body);
export const broken = (bench: FakeBench, act: 'reset' | 'on', error: HilError): FakeBench => ({
  ...bench,
  control: { ...bench.control, [act]: () => bench.control[act]().then(() => Promise.reject(error)) },
});
