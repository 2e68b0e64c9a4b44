import { answersToLearn } from './late-end.ts';
import type { Answer } from './scripted-port.fixture.ts';
import { type Desk, desk, failing, pass, romBanner } from './test-desk.fixture.ts';
import { times } from './times.ts';

/** An answer after 1 ms whose last LF comes `lateMs` after its CR. */
const lateLf = (lateMs: number, text = '\r\nOK\r'): Answer => [
  { afterMs: 1, text },
  { afterMs: 1 + lateMs, text: '\n' },
];

/** From the CR until the exchange ends without its LF, and until the wait for the LF is over (`timers.ts`), ms. */
const releasedMs = times.lineEndMs + times.readBackMs;
const waitedMs = releasedMs + times.lateLineEndMs + times.readBackMs;

/** When the next command is written after an answer of `text`, ms after the first was. */
async function writtenAfter(d: Desk, answer: string | Answer): Promise<number> {
  d.port.answer(answer, '\r\nOK\r\n');
  const before = d.port.written.length;
  const from = d.clock.now();
  const both = Promise.all([d.at.send('AT+CGSN=1'), d.at.send('AT+CGMR')]);
  let writtenAt = 0;
  for (let ms = 0; ms <= waitedMs + 5; ms++) {
    await pass(d, 1, 1);
    if (d.port.written.length === before + 2 && writtenAt === 0)
      writtenAt = Number(d.clock.now() - from) / 1e6;
  }
  await both;
  return writtenAt;
}

describe('the command after an answer', () => {
  test('that ends with CR LF is sent at once', async () => {
    expect(await writtenAfter(desk(), '\r\nOK\r\n')).toBe(1);
  });

  test.each([1, 40, 60, 200, 400, 590])(
    'whose LF comes %i ms after its CR is sent after it',
    async (lateMs) => {
      const d = desk();
      expect(await writtenAfter(d, lateLf(lateMs))).toBe(1 + lateMs);
      await d.at.reported();
      expect(d.exchanges.map(({ raw }) => raw)).toEqual(['\r\nOK\r\n', '\r\nOK\r\n']);
      expect(d.stray).toEqual([]);
    },
  );

  test('without an LF is sent when that was waited for', async () => {
    expect(await writtenAfter(desk(), '\r\nOK\r')).toBe(1 + waitedMs);
  });

  test('without an LF is sent when the module says something else', async () => {
    const d = desk();
    const chatty: Answer = [
      { afterMs: 1, text: '\r\nOK\r' },
      { afterMs: 101, text: '\r\n+CEREG: 1\r\n' },
    ];
    expect(await writtenAfter(d, chatty)).toBe(101);
    expect(d.unsolicited).toEqual(['+CEREG: 1']);
  });

  test('is the same for an answer to raw bytes', async () => {
    const d = desk();
    d.port.answer(lateLf(60), '\r\nOK\r\n');
    const raw = d.at.transmit(Buffer.from('AT\r'), { finals: 1, quietMs: 10, deadlineMs: 1000 });
    const next = d.at.send('AT+CGMR');
    await pass(d, 60, 1);
    expect(await raw).toMatchObject({ finals: 1 });
    expect(d.port.written).toEqual(['AT\r']);
    await pass(d, 2, 1);
    expect((await next).final.kind).toBe('OK');
  });

  test('is the same for an answer that comes after its command was given up', async () => {
    const d = desk();
    d.port.answer(
      lateLf(60).map(({ afterMs, text }) => ({ afterMs: afterMs + 400, text })),
      '\r\nOK\r\n',
    );
    const silent = failing(d.at.send('AT+QDMPCFG?', { deadlineMs: 300 }));
    const next = d.at.send('AT+CGMR');
    await pass(d, 460, 1);
    expect((await silent).code).toBe('AT_TIMEOUT');
    expect(d.port.written).toEqual(['AT+QDMPCFG?\r']);
    await pass(d, 2, 1);
    expect((await next).final.kind).toBe('OK');
    expect(d.stray).toEqual([]);
  });
});

/** Every place where a late LF can part an answer's bytes in two chunks: only the one before it is a late end. */
test('an answer parted at any byte by less than the wait is one answer, and the next command comes after it', async () => {
  const text = '\r\n+CGSN: 490154203237511\r\n\r\nOK\r\n';
  for (let cut = 1; cut < text.length; cut++) {
    const d = desk();
    const parted: Answer = [
      { afterMs: 1, text: text.slice(0, cut) },
      { afterMs: 61, text: text.slice(cut) },
    ];
    expect(await writtenAfter(d, parted)).toBe(61);
    await d.at.reported();
    expect(d.exchanges[0]).toMatchObject({ raw: text, information: ['+CGSN: 490154203237511'] });
    expect(d.stray).toEqual([]);
  }
});

describe('a final result that nothing ends', () => {
  const waitedFor = times.lateLineEndMs + times.readBackMs;

  test.each(['\r\nOK', '\r\n+QDMPCFG: 0,1\r\n\r\nOK', '\r\n+CME ERROR: 50', '\r\nERROR'])(
    'is one all the same, once nothing came after it: %j',
    async (text) => {
      const d = desk();
      d.port.answer(text);
      const answer = d.at.send('AT+QDMPCFG=4,0');
      await pass(d, waitedFor + 1, 1);
      // The clock stopped at its last byte.
      expect(await answer).toMatchObject({
        raw: text,
        final: { text: text.split('\n').at(-1) },
        timing: { hi: 0 },
      });
      await pass(d, waitedFor, 1);
      await d.at.reported();
      expect(d.exchanges).toMatchObject([{ raw: text, endInDoubt: false }]);
    },
  );

  test('is waited for shorter once the module has shown that it sends such', async () => {
    const d = desk();
    for (let n = 0; n < answersToLearn; n++) {
      d.port.answer('\r\nOK', '\r\nOK\r\n');
      const both = Promise.all([d.at.send('AT+QDMPCFG=4,0'), d.at.send('AT')]);
      await pass(d, 2 * waitedFor + 10, 5);
      await both;
    }
    d.port.answer('\r\nOK');
    const from = d.clock.now();
    const answer = d.at.send('AT+QDMPCFG=4,0').then(() => Number(d.clock.now() - from) / 1e6);
    await pass(d, waitedFor, 1);
    expect(await answer).toBe(1 + times.missingLineEndMs + times.readBackMs);
  });

  test('waits for its end as long as it may come late', async () => {
    const d = desk();
    d.port.answer([
      { afterMs: 1, text: '\r\nOK' },
      { afterMs: 590, text: '\r\n' },
    ]);
    const answer = d.at.send('AT');
    await pass(d, 595, 1);
    expect(await answer).toMatchObject({ raw: '\r\nOK\r\n' });
  });

  test('is none while it may go on', async () => {
    const d = desk();
    d.port.answer([
      { afterMs: 1, text: '\r\nOK' },
      { afterMs: 590, text: 'AY\r\n\r\nOK\r\n' },
    ]);
    const answer = d.at.send('ATI');
    await pass(d, 595, 1);
    expect(await answer).toMatchObject({ information: ['OKAY'] });
  });

  test('is that of the next command no more', async () => {
    const d = desk();
    d.port.answer('\r\nOK', '\r\n+CGMR: 1\r\n\r\nOK\r\n');
    const both = Promise.all([d.at.send('AT'), d.at.send('AT+CGMR')]);
    await pass(d, 2 * waitedFor + 10, 1);
    expect((await both).map(({ raw }) => raw)).toEqual(['\r\nOK', '\r\n+CGMR: 1\r\n\r\nOK\r\n']);
    expect(d.stray).toEqual([]);
  });
});

describe('a module that sends no LF', () => {
  const taught = async (answers: number): Promise<Desk> => {
    const d = desk();
    for (let n = 0; n < answers; n++) {
      d.port.answer('\r\nOK\r');
      const answer = d.at.send('AT');
      await pass(d, waitedMs + 10);
      await answer;
    }
    return d;
  };

  test('is waited for no more once it has shown so', async () => {
    const d = await taught(answersToLearn);
    expect(await writtenAfter(d, '\r\nOK\r')).toBe(1 + releasedMs);
  });

  test('is waited for until then', async () => {
    const d = await taught(answersToLearn - 1);
    expect(await writtenAfter(d, '\r\nOK\r')).toBe(1 + waitedMs);
  });

  test('is waited for again once it has sent one', async () => {
    const d = await taught(answersToLearn);
    d.port.answer(lateLf(60));
    const answer = d.at.send('AT');
    await pass(d, waitedMs);
    await answer;
    expect(await writtenAfter(d, lateLf(60))).toBe(61);
  });
});

describe('a command that waits for the end of the answer before it', () => {
  const waiting = async (signal?: AbortSignal): Promise<{ d: Desk; next: Promise<{ code: string }> }> => {
    const d = desk();
    d.port.answer('\r\nOK\r');
    const first = d.at.send('AT');
    const next = failing(d.at.send('AT+CGMR', { signal }));
    await pass(d, 100);
    await first;
    expect(d.port.written).toEqual(['AT\r']);
    return { d, next };
  };

  test('is not sent once it is aborted', async () => {
    const abort = new AbortController();
    const { d, next } = await waiting(abort.signal);
    abort.abort();
    expect((await next).code).toBe('ABORTED');
    await pass(d, 1000);
    expect(d.port.written).toEqual(['AT\r']);
  });

  test('is not sent when the module boots', async () => {
    const { d, next } = await waiting();
    d.port.arrive(romBanner);
    expect((await next).code).toBe('UNEXPECTED_RESET');
    await pass(d, 1000);
    expect(d.port.written).toEqual(['AT\r']);
  });

  test('ends with the client', async () => {
    const { d, next } = await waiting();
    d.at.close();
    expect((await next).code).toBe('ABORTED');
    await pass(d, 1000);
    expect(d.port.written).toEqual(['AT\r']);
  });
});
