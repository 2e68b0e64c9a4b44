import { registerRequest } from './lwm2m/registration.fixture.ts';
import { openPlatformWithClient, type PlatformWithClient } from './platform-with-client.fixture.ts';
import { carryOutLine } from './script-line.ts';

let setup: PlatformWithClient;
beforeEach(async () => {
  setup = await openPlatformWithClient();
});
afterEach(() => setup.close());

let messageId = 10;
async function registerCode(): Promise<string> {
  setup.client.send(registerRequest({ messageId: ++messageId }));
  return (await setup.client.next()).code;
}

test('a line holds from the next request on, for the number of requests in it', async () => {
  expect(await registerCode()).toBe('2.01');
  expect(carryOutLine('register 4.03', setup.platform)).toBe('register: 4.03, until changed');
  expect(carryOutLine('  register   5.03*1 ', setup.platform)).toBe('register: 5.03, for the next 1');
  expect([await registerCode(), await registerCode(), await registerCode()]).toEqual([
    '5.03',
    '4.03',
    '4.03',
  ]);
  expect(carryOutLine('rules', setup.platform)).toBe('every step by the rules');
  expect(await registerCode()).toBe('2.01');
});

test.each(['', 'register', 'register 4.03 now', 'regsiter 4.03', 'rules all', 'read 4.03', 'other silence'])(
  '%j is refused, and changes nothing',
  async (line) => {
    expect(() => carryOutLine(line, setup.platform)).toThrow(
      expect.objectContaining({ code: 'USAGE' }) as Error,
    );
    expect(await registerCode()).toBe('2.01');
  },
);

test.each([
  ['regsiter 4.03', '"regsiter 4.03" is not a line for the platform (did you mean register?)'],
  ['update silnce', '"silnce" is not an answer of the platform (did you mean silence?)'],
])('%j is refused with the word that was meant', (line, said) => {
  expect(() => carryOutLine(line, setup.platform)).toThrow(said);
});
