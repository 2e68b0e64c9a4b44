import type { Entry } from '../../../reports/record/entry.ts';
import { type Desk, desk, failing, pass, romBanner } from '../../at/test-desk.fixture.ts';
import { type LineWatch, watchLine } from './line-watch.ts';

interface Watched extends Desk {
  readonly watch: LineWatch;
  readonly entries: Entry[];
}

function watched(): Watched {
  const d = desk();
  const entries: Entry[] = [];
  return { ...d, entries, watch: watchLine(d.at, (entry) => entries.push(entry)) };
}

/** A command that gets no answer within the client's wait. */
async function unanswered(d: Watched, command: string, deadlineMs = 5_000): Promise<void> {
  const error = failing(d.at.send(command, { deadlineMs }));
  await pass(d, deadlineMs + 20);
  expect((await error).code).toBe('AT_TIMEOUT');
}

/** The module answers an `AT`: first the probe of the line, then the command itself. */
async function alive(d: Watched): Promise<void> {
  d.port.answer('\r\nOK\r\n', '\r\nOK\r\n');
  const answer = d.at.send('ATE0');
  await pass(d, 3_000);
  await answer;
}

const overs = ({ watch }: Watched) => watch.exchanges.filter(({ inTime }) => inTime === 'over');

test('a fault of the line is reported at once: after the last test only the record judges it', async () => {
  const d = watched();
  d.port.answer('\r\nOK\n');
  const answer = d.at.send('AT+QDMPCFG=4,1');
  await pass(d, 3_000);
  await answer;
  expect(d.entries).toContainEqual(expect.objectContaining({ type: 'line-fault', clause: 'AT-FRAME' }));
  expect(d.watch.exchanges).toMatchObject([{ clause: 'CFG-TIME', inTime: 'within' }]);
});

describe('a command that is not answered', () => {
  test('exceeds the limit by the whole wait, once the module answers another', async () => {
    const d = watched();
    await unanswered(d, 'AT+QDMPCFG=4,1');
    expect(overs(d)).toEqual([]);
    await alive(d);
    expect(overs(d)).toMatchObject([{ form: 'AT+QDMPCFG=4,1', kind: 'read', final: '' }]);
    expect(overs(d)[0]?.lo).toBeGreaterThan(4_990);
    expect(overs(d)[0]?.lo).toBeLessThanOrEqual(5_010);
    expect(d.entries.filter((entry) => entry.type === 'exchange')).toHaveLength(2);
  });

  test('counts as an answer of its kind in statements about percentiles', async () => {
    const d = watched();
    await unanswered(d, 'AT+QDMPCFG=4,1');
    await alive(d);
    expect(d.watch.timing('p95')).toMatchObject([{ kind: 'read', n: 1, over: 1, verdict: 'fail' }, {}]);
  });

  test('is over when its answer comes after the wait', async () => {
    const d = watched();
    d.port.answer([{ afterMs: 5_500, text: '\r\nERROR\r\n' }]);
    await unanswered(d, 'AT+QDMPCFGEX=5,2');
    await pass(d, 1_000);
    await alive(d);
    expect(overs(d)).toMatchObject([{ form: 'AT+QDMPCFGEX=5,2', kind: 'write', clause: 'EX-TIME' }]);
  });

  test('says nothing about time when the module restarts before it answers anything', async () => {
    const d = watched();
    await unanswered(d, 'AT+QDMPCFG=4,1');
    d.at.expectBoot();
    d.port.arrive(romBanner);
    await alive(d);
    expect(overs(d)).toEqual([]);
  });

  test('says nothing about time when the module never answers again', async () => {
    const d = watched();
    await unanswered(d, 'AT+QDMPCFG=4,1');
    d.port.hangUp();
    expect(d.watch.exchanges).toEqual([]);
  });

  test('is undecided when the wait was shorter than the limit', async () => {
    const d = watched();
    await unanswered(d, 'AT+QDMPCFG=4,1', 200);
    await alive(d);
    expect(d.watch.exchanges).toMatchObject([{ inTime: 'inconclusive' }, {}]);
  });

  test('has no limit when it is not one of the two under test', async () => {
    const d = watched();
    await unanswered(d, 'AT+CFUN?');
    await alive(d);
    expect(d.watch.exchanges.map(({ form }) => form)).toEqual(['ATE0']);
  });

  test('and was given up by its caller is not judged', async () => {
    const d = watched();
    const abort = new AbortController();
    const error = failing(d.at.send('AT+QDMPCFG=4,1', abort));
    await pass(d, 1_000);
    abort.abort();
    expect((await error).code).toBe('ABORTED');
    await alive(d);
    expect(overs(d)).toEqual([]);
  });
});
