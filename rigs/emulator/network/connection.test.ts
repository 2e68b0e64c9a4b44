import { openCommandLayer } from '../board/command-layer.fixture.ts';
import { type ClientOnAir, openClientOnAir } from './client-on-air.fixture.ts';
import { coapCode, type CoapMessage, coapOption, emptyMessage, textOption } from './coap.ts';

/** A registered client. */
function openRegistered(): ClientOnAir {
  const layer = openCommandLayer();
  layer.send('AT+QDMPCFG=1,127.0.0.1,5700,4294966');
  layer.reboot();
  const air = openClientOnAir(layer.module, () => layer.clientPlan());
  air.advance(2);
  expect(air.states.at(-1)?.[1]).toBe(6);
  return air;
}

const get = (changes: Partial<CoapMessage> = {}): CoapMessage => ({
  type: 'CON',
  code: coapCode.get,
  id: 77,
  token: Buffer.from('12345678'),
  options: ['666', '0', '6602'].map((segment) => textOption(coapOption.uriPath, segment)),
  payload: Buffer.alloc(0),
  ...changes,
});

/** What the client sent since it registered. */
const replies = ({ sent }: ClientOnAir): CoapMessage[] => sent.slice(1).map(({ message }) => message);

test('a request is answered in its ACK, under its token', () => {
  const air = openRegistered();
  air.receive(get());
  expect(replies(air)).toMatchObject([
    { type: 'ACK', code: coapCode.content, id: 77, token: Buffer.from('12345678') },
  ]);
});

test('a request that is not confirmable is answered in a message of its own', () => {
  const air = openRegistered();
  air.receive(get({ type: 'NON' }));
  const [reply] = replies(air);
  expect(reply).toMatchObject({ type: 'NON', code: coapCode.content, token: Buffer.from('12345678') });
  expect(reply?.id).not.toBe(77);
});

test('a message with the same id gets the same answer for 247 s', () => {
  const air = openRegistered();
  air.receive(get());
  air.advance(246);
  air.receive(get({ options: [] }));
  const [first, again] = replies(air);
  expect(again).toEqual(first);
  air.advance(2);
  air.receive(get({ options: [] }));
  expect(replies(air)[2]).toMatchObject({ code: coapCode.notFound });
});

test('many requests are answered, and the newest are remembered', () => {
  const air = openRegistered();
  for (let id = 1; id <= 200; id += 1) air.receive(get({ id }));
  expect(replies(air)).toHaveLength(200);
  air.receive(get({ id: 200, options: [] }));
  expect(replies(air)[200]).toEqual(replies(air)[199]);
  air.receive(get({ id: 1, options: [] }));
  expect(replies(air)[201]).toMatchObject({ code: coapCode.notFound });
});

test.each([
  ['another port', { address: '127.0.0.1', port: 5701 }],
  ['another address', { address: '127.0.0.2', port: 5700 }],
])('messages from %s are ignored', (_, from) => {
  const air = openRegistered();
  air.receive(get(), from);
  expect(replies(air)).toEqual([]);
});

test.each([
  ['a ping', emptyMessage('ACK', 5)],
  ['a response without a request', get({ code: coapCode.created, id: 5 })],
])('%s is answered with RST', (_, message) => {
  const air = openRegistered();
  air.receive({ ...message, type: 'CON' });
  expect(replies(air)).toEqual([emptyMessage('RST', 5)]);
});

test.each([
  ['an ACK', emptyMessage('ACK', 5)],
  ['a RST', emptyMessage('RST', 5)],
  ['a response that is not confirmable', get({ type: 'NON', code: coapCode.created })],
  ['a request in an ACK', get({ type: 'ACK' })],
])('%s that belongs to nothing changes nothing', (_, message) => {
  const air = openRegistered();
  air.receive(message);
  expect(replies(air)).toEqual([]);
  expect(air.states).toHaveLength(2);
});
