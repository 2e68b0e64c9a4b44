import { parseRigFile } from '../../rigs/file/load-rig-file.ts';
import { scriptedPort } from '../at/scripted-port.fixture.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { memoryTrace } from '../base/trace.ts';
import { bringUp } from './bring-up.ts';
import { elapse } from './fake-at.fixture.ts';
import { fakeBench } from './fake-bench.fixture.ts';
import { openBench } from './open-bench.ts';

const rig = parseRigFile(
  '/etc/bench.yaml',
  `name: bench
serial: { path: /dev/ttyTEST }
control: { driver: command, on: ['true'], off: ['true'] }
module: { imei: '863703030822519', firmware: BC26NBR01A07 }`,
  {},
);

const answers: Record<string, string> = {
  'AT+CGSN=1': '\r\n+CGSN: 863703030822519\r\n\r\nOK\r\n',
  'AT+CGMR': '\r\nRevision: BC26NBR01A07\r\n\r\nOK\r\n',
  'AT+CPSMS?': '\r\n+CPSMS: 0\r\n\r\nOK\r\n',
};

/**
 * A module on a real AT line, that answers in order, `AT` after `latencyMs`.
 * @param deafMs for so long it loses what it is sent
 */
function slowModule(latencyMs: number, deafMs: number) {
  const clock = new ManualClock();
  const port = scriptedPort(clock);
  const write = port.write.bind(port);
  port.write = (bytes) => {
    const command = Buffer.from(bytes).toString('latin1').trim();
    if (clock.now() < BigInt(deafMs) * 1_000_000n) port.answer([]);
    else
      port.answer([{ afterMs: command === 'AT' ? latencyMs : 10, text: answers[command] ?? '\r\nOK\r\n' }]);
    return write(bytes);
  };
  const bench = openBench({
    rig,
    board: { port, control: fakeBench().control },
    trace: memoryTrace(),
    shown: (command) => command,
    clock,
  });
  const stray: string[] = [];
  const exchanges: [string, string][] = [];
  bench.at.onStray(({ data }) => stray.push(data));
  bench.at.onExchange(({ command, information }) => exchanges.push([command, information.join()]));
  return { bench, clock, port, stray, exchanges };
}

describe('a module that is slow to answer AT', () => {
  test.each([320, 400, 700, 1_000, 1_600, 2_500])('after %d ms, is brought up', async (latencyMs) => {
    const { bench, clock, stray, exchanges } = slowModule(latencyMs, 1_500);
    const { identity } = await elapse(clock, bringUp(bench, 0n));
    expect(identity).toEqual({ imei: '863703030822519', revision: 'BC26NBR01A07' });
    // No answer is taken for that to another command, and none is left over.
    expect(stray).toEqual([]);
    expect(exchanges.filter(([command]) => command === 'AT+CGSN=1')).toEqual([
      ['AT+CGSN=1', '+CGSN: 863703030822519'],
    ]);
    expect(bench.learned.answerMs).toBeGreaterThanOrEqual(latencyMs - 10);
    expect(bench.learned.answerMs).toBeLessThanOrEqual(latencyMs + 20);

    // It is known now: one AT is enough.
    const already = exchanges.length;
    await elapse(clock, bringUp(bench, clock.now()));
    expect(exchanges.slice(already).filter(([command]) => command === 'AT')).toHaveLength(1);
    expect(stray).toEqual([]);
    bench.at.close();
  });

  test.each([5, 25, 120])('is not what one that answers after %d ms is taken for', async (latencyMs) => {
    const { bench, clock, port } = slowModule(latencyMs, 1_500);
    await elapse(clock, bringUp(bench, 0n));
    expect(bench.learned.answerMs).toBe(0);
    // One AT more than it takes to be heard, and no wait for silence.
    expect(port.written.filter((bytes) => bytes === 'AT\r')).toHaveLength(7);
    expect(clock.now()).toBeLessThan(2_600_000_000n);
    bench.at.close();
  });
});
