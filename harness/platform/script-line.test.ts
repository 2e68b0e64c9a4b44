import { registerRequest } from './coap/coap-client.fixture.ts';
import { openTestBench, type TestBench } from './platform-with-client.fixture.ts';
import { carryOutLine } from './script-line.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openTestBench();
});
afterEach(() => bench.close());

let messageId = 10;
async function registerCode(): Promise<string> {
  bench.client.send(registerRequest({ messageId: ++messageId }));
  return (await bench.client.next()).code;
}

test('a line holds from the next request on, for as many as it says', async () => {
  expect(await registerCode()).toBe('2.01');
  expect(carryOutLine('register 4.03', bench.platform)).toBe('register: 4.03, until changed');
  expect(carryOutLine('  register   5.03*1 ', bench.platform)).toBe('register: 5.03, for the next 1');
  expect([await registerCode(), await registerCode(), await registerCode()]).toEqual([
    '5.03',
    '4.03',
    '4.03',
  ]);
  expect(carryOutLine('rules', bench.platform)).toBe('every step by the rules');
  expect(await registerCode()).toBe('2.01');
});

test.each(['', 'register', 'register 4.03 now', 'regsiter 4.03', 'rules all', 'read 4.03', 'other silence'])(
  '%j says nothing, and changes nothing',
  async (line) => {
    expect(() => carryOutLine(line, bench.platform)).toThrow(
      expect.objectContaining({ code: 'USAGE' }) as Error,
    );
    expect(await registerCode()).toBe('2.01');
  },
);
