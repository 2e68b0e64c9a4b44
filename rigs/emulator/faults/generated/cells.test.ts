import { openCommandLayer } from '../../board/command-layer.fixture.ts';
import { answersTo, credentials, server, software } from '../fault-expectations.fixture.ts';
import { allCells, generatedCells, isGenerated } from './cells.ts';

test('each has an id of operator and place, no two alike, and one line', () => {
  const ids = allCells().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !isGenerated(id) || !/^gen\.[a-z\d-]+\.[\w.-]+$/i.test(id))).toEqual([]);
  expect(allCells().filter(({ describe: line }) => line.includes('\n'))).toEqual([]);
});

test('there are some 2,500, of each operator at each place for which it means something', () => {
  expect(generatedCells().length).toBeGreaterThan(2_000);
  expect(new Set(generatedCells().map(({ operator }) => operator)).size).toBeGreaterThan(14);
  expect(generatedCells().find(({ id }) => id === 'gen.cut-at-3.access.mode.read')).toBeUndefined();
});

test('what no clause can see is left out, with its reason', () => {
  const of = (id: string) => allCells().find((cell) => cell.id === id)?.unseen;
  expect(of('gen.reordered-lines.access.query-1')).toBe('one line has one order');
  expect(of('gen.reordered-lines.access.read')).toBeUndefined();
});

/** What a module with this fault answers to the last command. */
function answerOf(id: string, ...commands: readonly string[]): unknown {
  const cell = generatedCells().find((each) => each.id === id);
  const layer = openCommandLayer(cell ? [cell.make()] : []);
  const sent = commands.filter((command) => command !== 'reboot');
  const last = Object.values(
    commands.reduce<Record<string, unknown>>((_, command) => {
      if (command !== 'reboot') return answersTo(command)(layer);
      layer.reboot();
      return {};
    }, {}),
  )[0];
  return sent.length > 0 ? last : undefined;
}

const query = 'AT+QDMPCFG=4,1';
const saved = '+QDMPCFG: 1,117.161.2.7,5683,420';
const other = 'AT+QDMPCFG=1,192.0.2.9,5684,500';

test.each([
  ['gen.replaced.access.port.query', [server, query], '+QDMPCFG: 1,117.161.2.7,5684,420'],
  ['gen.cut-at-3.access.server.read', [server, 'reboot', 'AT+QDMPCFG?'], '+QDMPCFG: 0,1'],
  ['gen.off-by-one.access.period.save', [server, query], '+QDMPCFG: 1,117.161.2.7,5683,421'],
  ['gen.swapped.access.port.save', [server, query], '+QDMPCFG: 1,117.161.2.7,420,420'],
  ['gen.stale.access.server.save', [server, other, query], '+QDMPCFG: 1,117.161.2.7,5684,500'],
  ['gen.stale.access.server.query', [server, other, query], '+QDMPCFG: 1,117.161.2.7,5684,500'],
  ['gen.lost-at-2.access.server.query', [server, query, query], '+QDMPCFG: 1,,5683,420'],
  ['gen.one-in-3.access.port.query', [server, query, query, query], '+QDMPCFG: 1,117.161.2.7,5684,420'],
  ['gen.after-state.access.port.query', [server, 'AT+QDMPCFG=6', query], '+QDMPCFG: 1,117.161.2.7,5684,420'],
  ['gen.after-state.access.port.query', [server, 'AT+QDMPCFG=6', query, query], saved],
  ['gen.lost-at-1.access.port.over-soft-reset', [other, 'reboot', query], '+QDMPCFG: 1,192.0.2.9,5683,500'],
  [
    'gen.lost-at-1.access.port.over-soft-reset',
    [other, 'reboot', other, 'reboot', query],
    '+QDMPCFG: 1,192.0.2.9,5683,500',
  ],
  [
    'gen.lost-at-2.access.port.over-soft-reset',
    [other, 'reboot', other, 'reboot', query],
    '+QDMPCFG: 1,192.0.2.9,5684,500',
  ],
  [
    'gen.lost-at-1.access.period.in-use',
    [server, 'reboot', server, 'reboot', 'AT+QDMPCFG?'],
    '+QDMPCFG: 1,117.161.2.7,5683,86400',
  ],
  ['gen.lost-at-1.access.server.erase', [other, 'AT+QDMPCFG=5,1', query], '+QDMPCFG: 1,192.0.2.9,5683,86400'],
  [
    'gen.other-record.access.query-1',
    [server, credentials, query],
    '+QDMPCFG: 2,M200000001,95Go****,1,861234567890123',
  ],
  ['gen.early.access.server.in-use', [server, 'AT+QDMPCFG?'], '+QDMPCFG: 0,1'],
])('%s after %j answers %s', (id, commands, line) => {
  expect(answerOf(id, ...commands)).toContain(line);
});

test('a value with a comma is cut as the one that it is', () => {
  const comma = software.replace('"BC26NBR01A07"', '"A, and B"');
  expect(answerOf('gen.cut-at-1.extended.swVer.query', comma, 'AT+QDMPCFGEX=3,1')).toContain(
    '+QDMPCFGEX: 3,A,Quectel',
  );
});

test('two modules with one fault do not share what it remembers', () => {
  const wrong = '+QDMPCFG: 1,,5683,420';
  expect(answerOf('gen.lost-at-2.access.server.query', server, query)).toContain(saved);
  expect(answerOf('gen.lost-at-2.access.server.query', server, query)).not.toContain(wrong);
});
