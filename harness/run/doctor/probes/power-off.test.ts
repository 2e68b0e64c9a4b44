import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import { elapse } from '../../../bc26/fake-at.fixture.ts';
import { type FakeBench, fakeBench } from '../../../bc26/fake-bench.fixture.ts';
import { powerOff } from './power-off.ts';
import { emptyFigures, type ProbeContext } from './probe-context.ts';

/** A module that was seen to print its boot text at the first power-on. */
const context = (bench: FakeBench): ProbeContext => ({
  rig: { serial: {} } as RigFile,
  bench,
  port: { onData: () => () => undefined, onGone: () => () => undefined },
  signal: new AbortController().signal,
  figures: { ...emptyFigures(), bootTexts: 1, powerOnMs: [1_500] },
  begin: () => undefined,
});

/** A relay that does nothing, and a port that holds its transmit line low while the supply counts as off. */
function deafWhileOff(): FakeBench {
  const bench = fakeBench({ replies: { 'AT+LOST': 'silence' } });
  const { at, control } = bench;
  let low = false;
  return {
    ...bench,
    at: { ...at, send: (command, options) => at.send(low ? 'AT+LOST' : command, options) },
    control: {
      ...control,
      powered: () => Promise.resolve(undefined),
      off: () => Promise.resolve(void (low = true)),
      on: () => Promise.resolve(void (low = false)),
    },
  };
}

describe('the power-off probe', () => {
  test('finds a supply that is cut in order', async () => {
    const bench = fakeBench();
    const { findings } = await elapse(bench.clock, powerOff(context(bench)));
    expect(findings).toMatchObject([{ id: 'power-off', severity: 'ok' }]);
  });

  test('lets the transmit line go for its questions, so that a module that is not cut is heard', async () => {
    const { findings, alive } = await (async () => {
      const bench = deafWhileOff();
      const letSpeak = (): Promise<boolean> => bench.control.on().then(() => true);
      const speaking = { ...bench, control: { ...bench.control, letSpeak } };
      return elapse(bench.clock, powerOff(context(speaking)));
    })();
    expect(findings).toMatchObject([{ id: 'power-off', severity: 'broken' }]);
    expect(findings[0]?.what).toContain('still answers AT after cutting the supply');
    expect(alive).toBe(true);
  });

  test('is not taken in by silence: a module that is not cut, and hears no question meanwhile, went on', async () => {
    const bench = deafWhileOff();
    const { findings, alive } = await elapse(bench.clock, powerOff(context(bench)));
    expect(findings).toMatchObject([{ id: 'power-off', severity: 'broken' }]);
    expect(findings[0]?.what).toContain('the module goes on after cutting the supply');
    expect(alive).toBe(true);
  });
});
