import { memoryTrace } from '../../base/trace.ts';
import { watchKeys } from './key-watch.ts';

/** The leaks of a dialogue: lines that begin with > are sent. */
function leaksOf(dialogue: readonly string[], given: readonly string[] = []): readonly string[] {
  const watch = watchKeys(memoryTrace(), given);
  const leaks: string[] = [];
  watch.onLeak((text) => leaks.push(text));
  for (const line of dialogue) {
    if (line.startsWith('>')) watch.trace.write('uart.tx', 0n, { data: `${line.slice(1)}\r` });
    // In pieces, as a line delivers it.
    else
      for (const piece of `\r\n${line}\r\n`.match(/.{1,3}/gs) ?? [])
        watch.trace.write('uart.rx', 0n, { data: piece });
  }
  return leaks;
}

const save = '>AT+QDMPCFG=2,"M1","Zb8-AnotherKey",2,863703030822519';

test.each([
  ['an answer', '+QDMPCFG: 2,M1,Zb8-A****,2,863703030822519'],
  ['a line of another command', '+CPSMS: "Zb8-AnotherKey"'],
  ['a line that nobody asked for', 'DMP: key=Zb8-AnotherKey'],
  ['its end', '+QDMPCFG: 2,M1,****erKey,2,863703030822519'],
])('five characters of a key that was given are a leak: in %s', (_, line) => {
  expect(leaksOf([save, 'OK', line])).toEqual([
    expect.stringMatching(/shows characters \d+ to \d+ of the private key Zb8-\*\*\*\*$/),
  ]);
});

test('so is the end of a command that nothing echoed', () => {
  expect(leaksOf([save, '+CSCON: 1', '1","Zb8-AnotherKey",2,863703030822519', 'OK'])).toHaveLength(1);
});

test('so is what follows an echo that was broken into, and its rest twice', () => {
  const broken = [save, 'AT+QDM', '+CSCON: 1', 'PCFG=2,"M1","', 'Zb8-AnotherKey",2,863703030822519'];
  expect(leaksOf([...broken, 'OK', 'Zb8-AnotherKey'])).toHaveLength(1);
  expect(leaksOf([...broken, 'Zb8-AnotherKey",2,863703030822519'])).toHaveLength(1);
});

test('the message shows no more of the key than the module may', () => {
  expect(leaksOf([save, 'Zb8-AnotherKey']).join()).not.toContain('Anoth');
});

test('so are those of a key that the rig file names', () => {
  expect(leaksOf(['Kx7pRt2mWq9dLz4v'], ['Kx7pRt2mWq9dLz4v'])).toHaveLength(1);
});

test.each([
  ['the mask', [save, '+QDMPCFG: 2,M1,Zb8-****,2,863703030822519']],
  ['the echo', [save, 'AT+QDMPCFG=2,"M1","Zb8-AnotherKey",2,863703030822519', 'OK']],
  [
    'the echo, broken into by a line of its own',
    [save, 'AT+QDMPCFG=2,"M', '+CSCON: 1', '1","Zb8-AnotherKey",2,863703030822519', 'OK'],
  ],
  [
    'the echo, broken into within its first letters',
    [save, 'AT+QDM', '+CSCON: 1', 'PCFG=2,"M1","Zb8-AnotherKey",2,863703030822519', 'OK'],
  ],
  [
    'the echo, broken into twice',
    [save, 'AT+QDMPCFG=2,"M', '+CSCON: 1', '1","Zb8-', '+CEREG: 5', 'AnotherKey",2,863703030822519', 'OK'],
  ],
  [
    'a text that was saved elsewhere, too',
    [save, '>AT+QDMPCFGEX=1,0,"AnotherKey"', '+QDMPCFGEX: 1,AnotherKey'],
  ],
  [
    'texts that were saved elsewhere, and the comma between them, where a key goes on after its missing quote',
    // Drawn with seed 2142411508.
    [
      '>AT+QDMPCFG=2,"K322005776","afvJJQd7,1,0265594990798123',
      '>AT+QDMPCFGEX=2,0,"W0bRvY1","vJJQd7","SeaCN","ch1Oz9KNyrL4rZZaajdNacN53GmFMmVplJmtxOGwNVwCsSw"',
      '+QDMPCFGEX: 2,W0bRvY1,vJJQd7,SeaCN,ch1Oz9KNyrL4rZZaajdNacN53GmFMmVplJmtxOGwNVwCsSw',
    ],
  ],
  ['a text that was there before the key', ['+CGMR: AnotherKey', save, '+CGMR: AnotherKey']],
  ['a key of four characters', ['>AT+QDMPCFG=2,"M1","abcd",2,863703030822519', 'abcd']],
])('no leak: %s', (_, dialogue) => {
  expect(leaksOf(dialogue)).toEqual([]);
});
