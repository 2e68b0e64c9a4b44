import { scriptedPort } from '../at/scripted-port.fixture.ts';
import { ManualClock } from '../base/manual-clock.fixture.ts';
import { savedRecords } from './records.ts';
import { watchSaves } from './saves.ts';

const save = 'AT+QDMPCFG=1,"192.0.2.7",5700,600\r';
const secret = 'AT+QDMPCFG=2,"M100000089","password-of-it",0\r';

function watchedPort(durableMs = 1_000) {
  const clock = new ManualClock();
  const device = scriptedPort(clock);
  const saves = watchSaves({ port: device, clock, durableMs });
  const ended: (string | undefined)[] = [];
  return {
    clock,
    device,
    saves,
    ended,
    send: (text: string) => void saves.port.write(Buffer.from(text, 'latin1')),
    wait: (signal?: AbortSignal) => saves.durable(signal).then((text) => ended.push(text)),
  };
}

/** Lets promises settle without time passing. */
const settled = (): Promise<void> => new Promise(setImmediate);

describe('waiting until what was saved is durable', () => {
  test('takes no time if nothing was saved', async () => {
    const { send, device, saves } = watchedPort();
    await expect(saves.durable()).resolves.toBeUndefined();
    send('AT+QDMPCFG?\r');
    device.arrive('\r\nOK\r\n');
    send('AT+QDMPCFG=4,1\r');
    device.arrive('\r\n+QDMPCFG: 1,192.0.2.7,5700,600\r\n\r\nOK\r\n');
    send('AT+QDMPCFGEX=0,1\r');
    send('AT+CGSN=1\r');
    await expect(saves.durable()).resolves.toBeUndefined();
  });

  test.each([
    save,
    'AT+QDMPCFG=5,1\r',
    'AT+QDMPCFGEX=1,0,"a"\r',
    'AT+QDMPCFGEX=1,2\r',
    'at+qdmpcfg= "1",x\r',
    'AT;+QDMPCFG=0,1\r',
    'AT&W\r',
  ])('lasts until durableMs after the OK: %j', async (command) => {
    const { clock, device, send, wait, ended } = watchedPort();
    send(command);
    clock.advance(200);
    device.arrive('\r', '\nO', 'K', '\r\n');
    void wait();
    clock.advance(999);
    await settled();
    expect(ended).toEqual([]);
    clock.advance(1);
    await settled();
    expect(ended).toEqual([undefined]);
  });

  test('what is read afterwards does not make it longer', async () => {
    const { clock, device, send, saves } = watchedPort();
    send(save);
    device.arrive('\r\nOK\r\n');
    clock.advance(900);
    send('AT+QDMPCFG=4,1\r');
    device.arrive('\r\n+QDMPCFG: 1,192.0.2.7,5700,600\r\n\r\nOK\r\n');
    clock.advance(100);
    await expect(saves.durable()).resolves.toBeUndefined();
  });

  test('an OK that comes meanwhile starts it again, and so does the second of two commands in one write', async () => {
    const { clock, device, send, wait, ended } = watchedPort();
    send(save + save);
    device.arrive('\r\nOK\r\n');
    void wait();
    clock.advance(500);
    device.arrive('\r\nOK\r\n');
    clock.advance(999);
    await settled();
    expect(ended).toEqual([]);
    clock.advance(1);
    await settled();
    expect(ended).toEqual([undefined]);
  });

  test('a command sent in pieces counts', async () => {
    const { clock, send, wait, ended } = watchedPort();
    send(save.slice(0, 8));
    send(save.slice(8));
    void wait();
    clock.advance(999);
    await settled();
    expect(ended).toEqual([]);
  });

  test('ends at an abort, and says what may be lost, without the private key', async () => {
    const { clock, device, send, wait, ended } = watchedPort();
    const stop = new AbortController();
    send(secret);
    device.arrive('\r\nOK\r\n');
    const waiting = wait(stop.signal);
    clock.advance(300);
    stop.abort();
    await waiting;
    expect(ended).toEqual([
      expect.stringMatching(/^AT\+QDMPCFG=2,… may not be durable: .* 300 ms .* 1000 ms/),
    ]);
  });
});

describe('the records in which something may have been saved', () => {
  test.each([
    ['AT+QDMPCFG=1,192.0.2.7,5700,600\r', ['QDMPCFG 1']],
    ['AT+QDMPCFGEX=5,0,"NULL"\r', ['QDMPCFGEX 5']],
    ['AT+QDMPCFG=5,1\rAT+QDMPCFGEX=1,2\r', []],
    ['AT+QDMPCFG=4,1\rAT+QDMPCFG?\rAT&W\r', []],
    ['AT+ QDMPCFG=0,1\r', savedRecords.map(({ name }) => name)],
  ])('after %j', (text, names) => {
    const { send, saves } = watchedPort();
    send(text);
    expect(savedRecords.filter(saves.mayHaveSaved).map(({ name }) => name)).toEqual(names);
  });
});
