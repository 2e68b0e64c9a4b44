import { stays, Wiring } from './wiring.fixture.ts';

/** Lines 17, 22 and 27 as outputs: GPFSEL1 and GPFSEL2. */
const outputs = [
  { offset: 0x04, value: 1 << 21 },
  { offset: 0x08, value: (1 << 6) | (1 << 21) },
];

test('edges become control lines in their order, and a pulse has the length between them', () => {
  const lines: string[] = [];
  const wiring = new Wiring((line) => lines.push(line));
  const writes = [
    ...outputs,
    { offset: 0x1c, value: 1 << 22 },
    { offset: 0x1c, value: 1 << 17 },
    { offset: 0x1c, value: 1 << 17 },
    { offset: 0x28, value: 1 << 17 },
    { offset: 0x28, value: 1 << 22 },
  ];
  writes.forEach((write, at) => wiring.take({ ...write, atMs: at * 100 }));
  expect(lines).toEqual(['supply on', 'power-key down', 'power-key up', 'supply off']);
  expect(stays(wiring.edges, 'powerKey', 1)).toEqual([200]);
  expect(stays(wiring.edges, 'supply', 0)).toEqual([]);
});

test('a Pi without power drives nothing: keys are released, and the supply is off', () => {
  const lines: string[] = [];
  const wiring = new Wiring((line) => lines.push(line));
  for (const write of [...outputs, { offset: 0x1c, value: (1 << 22) | (1 << 27) }])
    wiring.take({ ...write, atMs: 0 });
  wiring.release();
  expect(lines).toEqual(['supply on', 'reset down', 'supply off', 'reset up']);
  expect(wiring.levels).toEqual({ supply: 0, powerKey: 0, reset: 0 });
});
