import { type CoapClient, openCoapClient, request } from '../platform/coap/coap-client.fixture.ts';
import { emptyMessage, type Message } from '../platform/coap/codec.ts';
import { defaultAccount } from '../platform/lwm2m/credentials.ts';
import { endpointName, locationOf, registerRequest } from '../platform/lwm2m/registration.fixture.ts';
import { type PlatformChild, startPlatform } from './platform-child.fixture.ts';
import { lineHelp } from './platform-help.ts';

/** One platform for all tests: each changes its answers while it runs. */
let platform: PlatformChild;
let client: CoapClient;
let messageId = 100;

const names = { query: [`ep=${endpointName('v2.0', defaultAccount.password)}`, 'lt=86400'] };

/** Longer than two processes take to start on a busy machine. */
const START_MS = 30_000;

beforeAll(async () => {
  platform = startPlatform(['--listen', '127.0.0.1:0', '--no-read']);
  client = await openCoapClient(await platform.address());
}, START_MS);

afterAll(async () => {
  client.close();
  platform.child.kill('SIGTERM');
  await platform.exit;
});

beforeEach(() => platform.type('rules', 'every step by the rules'));

/** The request of each step, and its success code. */
const steps = {
  register: { send: () => registerRequest({ ...names, messageId: ++messageId }), done: '2.01' },
  update: { send: (at: string) => request('0.02', at, { messageId: ++messageId }), done: '2.04' },
  deregister: { send: (at: string) => request('0.04', at, { messageId: ++messageId }), done: '2.02' },
} as const;
type StepName = keyof typeof steps;

async function registered(): Promise<string> {
  client.send(steps.register.send());
  return locationOf(await client.next());
}

/** Sends the request of a step, with a new message id. */
function sendRequest(step: StepName, location: string): Message {
  const message = steps[step].send(location);
  client.send(message);
  return message;
}

const typeAndCode = ({ type, code }: Message): string => `${type} ${code}`;

describe.each(Object.keys(steps) as StepName[])('a line changes how it answers: %s', (step) => {
  const { done } = steps[step];
  let location: string;
  beforeEach(async () => {
    location = await registered();
  });
  const set = (answer: string): Promise<void> => platform.type(`${step} ${answer}`, `${step}: ${answer}`);

  test.each<[string, string[]]>([
    ['normal', [`ACK ${done}`]],
    ['5.03', ['ACK 5.03']],
    ['silence', []],
    ['empty-ack', ['ACK 0.00']],
    ['reset', ['RST 0.00']],
    ['twice', [`ACK ${done}`, `ACK ${done}`]],
  ])('%s', async (answer, answers) => {
    await set(answer);
    const { messageId: id } = sendRequest(step, location);
    const seen = await client.drain();
    expect(seen.map(typeAndCode)).toEqual(answers);
    expect(seen.every((one) => one.messageId === id)).toBe(true);
  });

  test('wrong-token', async () => {
    await set('wrong-token');
    const { token } = sendRequest(step, location);
    const [answer] = await client.drain();
    expect(answer).toMatchObject({ type: 'ACK', code: done });
    expect([...answer!.token]).toEqual([...token].map((byte) => byte ^ 0xff));
  });

  test('separate', async () => {
    await set('separate');
    const { token } = sendRequest(step, location);
    const [first, second] = await client.drain();
    expect([first, second].map((one) => one && typeAndCode(one))).toEqual(['ACK 0.00', `CON ${done}`]);
    expect(second!.token).toEqual(token);
    client.send(emptyMessage('ACK', second!.messageId));
    await client.drain();
  });

  test('delay', async () => {
    await set('delay=400');
    const before = performance.now();
    sendRequest(step, location);
    expect(await client.drain()).toEqual([]);
    expect(await client.next()).toMatchObject({ type: 'ACK', code: done });
    // A timer of the child may fire up to 1 ms early, by its rounding.
    expect(performance.now() - before).toBeGreaterThanOrEqual(399);
  });

  test('for the next two requests only', async () => {
    await platform.type(`${step} 5.03*2`, `${step}: 5.03, for the next 2`);
    const codes: string[] = [];
    for (let time = 0; time < 3; time++) {
      sendRequest(step, location);
      codes.push((await client.next()).code);
    }
    expect(codes).toEqual(['5.03', '5.03', done]);
  });
});

test('help lists every line; a wrong line changes nothing and ends nothing', async () => {
  platform.child.stdin.write('help\n');
  for (const line of lineHelp.split('\n')) expect(await platform.lineWith(line)).toBe(line);
  await platform.type('register 4.03', 'register: 4.03');
  const mistake = new Promise<string>((resolve) => {
    platform.child.stderr.once('data', (data) => resolve(String(data)));
  });
  platform.child.stdin.write('register \u001b[2J\n');
  expect(await mistake).toMatch(/^USAGE: "\\x1b\[2J" is not an answer of the platform\n {2}write normal/);
  client.send(steps.register.send());
  expect(await client.next()).toMatchObject({ code: '4.03' });
});

test('every example of the help is a valid line', async () => {
  const examples = [...lineHelp.matchAll(/(?:^ {2}|\s{4,})((?:register|update|deregister|read) \S+)/gm)];
  expect(examples.length).toBeGreaterThanOrEqual(18);
  for (const [, example = ''] of examples) {
    await platform.type(example, example.replace(' ', ': ').replace(/\*.*/, ','));
  }
});
