import { openStatusBlock } from './status-block.ts';

/** A terminal that keeps what is written to it. */
function terminal(columns: number | undefined) {
  const written: string[] = [];
  return { written, screen: { isTTY: true, columns, rows: 24, write: (text: string) => written.push(text) } };
}

test.each([0, 1, undefined])('a terminal of %p columns gets lines all the same', (columns) => {
  const { written, screen } = terminal(columns);
  const block = openStatusBlock(screen);
  block.draw(() => ['what goes on']);
  block.print('a line that stays, longer than the terminal is wide');
  block.end();
  const letters = written.join('').replaceAll(/\s/g, '');
  expect(letters).toContain('whatgoeson');
  expect(letters).toContain('alinethatstays,longerthan');
});

test('a terminal that cannot move its cursor gets lines that stay, and nothing else', () => {
  const before = process.env['TERM'];
  process.env['TERM'] = 'dumb';
  try {
    const { written, screen } = terminal(80);
    const block = openStatusBlock(screen);
    block.draw(() => ['what goes on']);
    block.print('a line\u001b[2J');
    block.end();
    expect(block.isShown).toBe(false);
    expect(written).toEqual(['a line\\x1b[2J\n']);
  } finally {
    process.env['TERM'] = before;
  }
});
