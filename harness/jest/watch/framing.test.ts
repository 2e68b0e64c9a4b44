import type { Exchange } from '../../at/exchange.ts';
import { toNs } from '../../base/clock.ts';
import { framingFault, hasEmptyLine, surplusFault } from './line-watch.ts';
import { loadedDesk } from './loaded-desk.fixture.ts';

const half = '\r\nOK\r';

describe('a line end whose LF is late', () => {
  test.each([4, 80])(
    'is whole when our loop was blocked for %i ms and the LF waited to be read',
    async (ms) => {
      const d = loadedDesk();
      const sent = d.at.send('AT+QDMPCFG=4,0');
      d.port.arrive(half);
      d.block(ms);
      // The timer fires before the loop looks at what has arrived.
      await d.pass(50);
      d.port.arrive('\n');
      await d.pass(1);
      expect((await sent).raw).toBe('\r\nOK\r\n');
      expect(d.heard.map(framingFault)).toEqual([undefined]);
    },
  );

  test('is whole in what listeners hear, and the clock stops at the LF', async () => {
    const d = loadedDesk();
    const sent = d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive(half);
    await d.pass(67);
    expect((await sent).raw).toBe(half);
    expect(d.heard).toEqual([]);
    d.port.arrive('\n');
    await d.at.reported();
    expect(d.heard).toMatchObject([{ raw: '\r\nOK\r\n', timing: { endedAt: toNs(67) } }]);
    expect(d.heard[0]?.timing.hi).toBeCloseTo(67 - (15 * 10_000) / 115_200);
    expect(d.heard.map(framingFault)).toEqual([undefined]);
  });

  test('does not become a part of the next answer', async () => {
    const d = loadedDesk();
    const first = d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive(half);
    await d.pass(60);
    await first;
    const second = d.at.send('AT+QDMPCFG=4,1');
    // It waits for the LF.
    d.port.arrive('\n');
    await d.pass(1);
    d.port.arrive('\r\nOK\r\n');
    await second;
    await d.at.reported();
    expect(d.heard.map(({ raw }) => raw)).toEqual(['\r\nOK\r\n', '\r\nOK\r\n']);
  });

  test('joins an information line of the answer', async () => {
    const d = loadedDesk();
    const sent = d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive('\r\n+QDMPCFG: 0,1\r');
    await d.pass(60);
    d.port.arrive('\n\r\nOK\r\n');
    expect((await sent).raw).toBe('\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n');
  });
});

describe('a line end without its LF', () => {
  const faults = async (d: ReturnType<typeof loadedDesk>): Promise<boolean[]> => {
    await d.pass(2_500);
    return d.heard.map((exchange) => framingFault(exchange) !== undefined);
  };

  test('is a fault once nothing follows', async () => {
    const d = loadedDesk();
    void d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive(half);
    expect(await faults(d)).toEqual([true]);
  });

  test('is a fault at once when something else follows', async () => {
    const d = loadedDesk();
    const first = d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive(half);
    await d.pass(60);
    await first;
    d.port.arrive('\r');
    await d.at.reported();
    expect(d.heard.map((exchange) => framingFault(exchange) !== undefined)).toEqual([true]);
  });

  test('is no fault where our own loop was late', async () => {
    const d = loadedDesk();
    void d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive(half);
    d.block(80);
    expect(await faults(d)).toEqual([false]);
  });

  test.each([
    ['a fault where the emulated module was punctual', () => 1, true],
    ['no fault where it reports that it was late', () => 60, false],
    ['no fault where it reports nothing of the answer', () => new Promise<number>(() => {}), false],
  ])('is %s', async (_, disturbanceOf, fault) => {
    const d = loadedDesk(disturbanceOf);
    void d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive(half);
    expect(await faults(d)).toEqual([fault]);
  });

  test('does not delay the reports once the client is closed', async () => {
    const d = loadedDesk();
    const sent = d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive(half);
    await d.pass(60);
    await sent;
    d.at.close();
    await d.at.reported();
    expect(d.heard.map(framingFault)).toEqual([undefined]);
  });
});

describe('empty lines beyond the framing', () => {
  const answered = async (raw: string): Promise<Exchange> => {
    const d = loadedDesk();
    const sent = d.at.send('AT+QDMPCFG=4,0');
    d.port.arrive(raw);
    return sent;
  };

  test.each([
    ['\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n', false],
    ['\r\n+QDMPCFG: 0,1\r\n\r\n\r\nOK\r\n', true],
    ['\r\n\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n', true],
    ['AT+QDMPCFG=4,0\r\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n', false],
    ['AT+QDMPCFG=4,0\r\r\n\r\nOK\r\n', true],
    ['\r\nERROR\r\n', false],
  ])('%j is framed; it has more: %p', async (raw, more) => {
    const exchange = await answered(raw);
    expect(framingFault(exchange)).toBeUndefined();
    expect(hasEmptyLine(exchange)).toBe(more);
  });

  test.each(['+QDMPCFG: 0,1\r\nOK\r\n', '\r\n+QDMPCFG: 0,1\r\nOK\r\n', '\r\n+QDMPCFG: 0,1\n\nOK\r\n'])(
    '%j is not framed',
    async (raw) => {
      expect(framingFault(await answered(raw))?.clause).toBe('AT-FRAME');
    },
  );
});

describe('what comes with the OK of a successful write', () => {
  const answered = async (command: string, raw: string): Promise<Exchange> => {
    const d = loadedDesk();
    const sent = d.at.send(command);
    d.port.arrive(raw);
    return sent;
  };

  test.each([
    ['AT+QDMPCFG=0,1', '\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n', 'CFG-OK-ALONE'],
    ['AT+QDMPCFG=5,4', '\r\n+QDMPCFG: 5\r\n\r\nOK\r\n', 'CFG-OK-ALONE'],
    ['AT+QDMPCFGEX=1,2', '\r\n+QDMPCFGEX: 1\r\n\r\nOK\r\n', 'EX-OK-ALONE'],
    ['AT+QDMPCFG=0,1', '\r\nOK\r\n', undefined],
    ['AT+QDMPCFG=4,0', '\r\n+QDMPCFG: 0,1\r\n\r\nOK\r\n', undefined],
    ['AT+QDMPCFGEX=1,1', '\r\n+QDMPCFGEX: 1,a\r\n\r\nOK\r\n', undefined],
    ['AT+QDMPCFG=3,1', '\r\n+QDMPCFG: 3\r\n\r\nOK\r\n', undefined],
  ])('%s answered %j breaks %s', async (command, raw, clause) => {
    expect(surplusFault(await answered(command, raw))?.clause).toBe(clause);
  });
});

/** What is wrong with the framing, and with the lines, of the answer to a command with one odd byte. */
async function heardAfter(odd: string, answer: string) {
  const { at, port, heard } = loadedDesk();
  const sent = at.send(`AT+QDMPCFGEX=1,0,"a${odd}b"`);
  port.arrive(answer);
  await sent;
  await at.reported();
  return heard.map((exchange) => [framingFault(exchange), surplusFault(exchange)]);
}

test.each([
  ['kept', '\xe9', '\xe9'],
  ['without its 8th bit', '\xe9', 'i'],
  ['left out', '\0', ''],
])('behind an echo with an odd byte, %s, the answer is judged', async (_, odd, echoed) => {
  const echo = `AT+QDMPCFGEX=1,0,"a${echoed}b"\r`;
  expect(await heardAfter(odd, `${echo}\r\nOK\r\n`)).toEqual([[undefined, undefined]]);
  expect(await heardAfter(odd, `${echo}OK\r\n`)).toMatchObject([[{ clause: 'AT-FRAME' }, undefined]]);
  expect(await heardAfter(odd, `${echo}\r\nx\r\n\r\nOK\r\n`)).toMatchObject([
    [undefined, { clause: 'EX-OK-ALONE' }],
  ]);
});

test('an echo of bytes that a UART may take for line ends is not judged', async () => {
  const heard = (answer: string) => heardAfter('\x8d', answer);
  expect(await heard('AT+QDMPCFGEX=1,0,"a\rb"\r\r\nOK\r\n')).toEqual([[undefined, undefined]]);
  expect(await heard('x\r\nOK\r\n')).toMatchObject([[{ clause: 'AT-FRAME' }, { clause: 'EX-OK-ALONE' }]]);
});

test('a line that breaks into an echo without its 8th bit does not break the answer', async () => {
  const echo = 'AT+QDMPCFGEX=1,0,"a\r\n+CSCON: 1\r\nib"\r';
  expect(await heardAfter('\xe9', `${echo}\r\nOK\r\n`)).toEqual([[undefined, undefined]]);
});

describe('an unsolicited line', () => {
  const faultOf = async (raw: string) => {
    const { at, port } = loadedDesk();
    const sent = at.send('AT+QDMPCFG=4,1');
    port.arrive(raw);
    return framingFault(await sent)?.clause;
  };

  test.each([
    [
      'inside a line breaks it',
      '\r\n+QDMPCFG: 1,117\r\n+CSCON: 1\r\n.161.2.7,5683,420\r\n\r\nOK\r\n',
      'AT-FRAME',
    ],
    ['between two lines', '\r\n+QDMPCFG: 1,117\r\n\r\n+CSCON: 1\r\n\r\nOK\r\n', undefined],
    ['before the answer', '\r\n+CSCON: 1\r\n\r\n+QDMPCFG: 1,117\r\n\r\nOK\r\n', undefined],
    ['inside the echo', 'AT+QDM\r\n+CSCON: 1\r\nPCFG=4,1\r\r\nOK\r\n', undefined],
    ['behind the echo', 'AT+QDMPCFG=4,1\r\r\n+CSCON: 1\r\n\r\nOK\r\n', undefined],
  ])('%s', async (_, raw, clause) => {
    expect(await faultOf(raw)).toBe(clause);
  });
});
