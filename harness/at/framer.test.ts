import fc from 'fast-check';

import { type Frame, Framer, maxLineBytes } from './framer.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Frames of `parts`, arriving 1 ns apart, with the rest released at the end. */
const framesOf = (parts: readonly string[], limit?: number): Frame[] => {
  const framer = new Framer(limit);
  const frames = parts.flatMap((part, index) => framer.push({ bytes: bytes(part), at: BigInt(index + 1) }));
  return [...frames, ...framer.release(), ...framer.abandon()];
};

const show = (frame: Frame): string => {
  switch (frame.kind) {
    case 'line':
      return `${frame.line.data}|${frame.end}`;
    case 'blank':
      return `|${frame.end}`;
    case 'late-end':
      return `late|${frame.end}`;
    case 'discarded':
      return `${frame.reason}:${frame.data}:${frame.bytes}`;
  }
};
const shown = (parts: readonly string[], limit?: number): string[] => framesOf(parts, limit).map(show);

const cases: [name: string, input: string, frames: string[], limit?: number][] = [
  ['an answer', '\r\nOK\r\n', ['|\r\n', 'OK|\r\n']],
  ['an echo and its answer', 'AT\r\r\nOK\r\n', ['AT|\r', '|\r\n', 'OK|\r\n']],
  ['an echo of CR LF', 'AT\r\n\r\nOK\r\n', ['AT|\r\n', '|\r\n', 'OK|\r\n']],
  [
    'the boot ROM, which writes LF CR',
    '\n\rF1: 0000 0000\n\rV0: 0000 0000 [0001]\n\rLeaving the BROM\n\r\n\rBL_V01',
    [
      '|\n\r',
      'F1: 0000 0000|\n\r',
      'V0: 0000 0000 [0001]|\n\r',
      'Leaving the BROM|\n\r',
      '|\n\r',
      'unfinished:BL_V01:6',
    ],
  ],
  ['boot text in CR LF after the ROM', 'X\n\r\n\r\r\nRDY\r\n', ['X|\n\r', '|\n\r', '|\r\n', 'RDY|\r\n']],
  ['lone CRs', 'a\rb\r\rc\r', ['a|\r', 'b|\r', '|\r', 'c|\r']],
  ['lone LFs', 'a\nb\n\nc\n', ['a|\n', 'b|\n', '|\n', 'c|\n']],
  ['an empty body', '\r\n\r\n\r\nOK\r\n\r\n', ['|\r\n', '|\r\n', '|\r\n', 'OK|\r\n', '|\r\n']],
  ['every byte value but CR and LF as it is', '\0\x7f\xff\r\n', ['\0\x7f\xff|\r\n']],
  ['a line of just the limit', 'abcd\r\n', ['abcd|\r\n'], 4],
  ['a line over the limit', 'abcdefg\r\nOK\r\n', ['too-long:abcd:4', 'rest::3', 'OK|\r\n'], 4],
  ['a line over the limit without an end', 'abcdefg', ['too-long:abcd:4', 'rest::3'], 4],
];

describe('a line that nothing ends', () => {
  const unended = (...parts: string[]): Framer => {
    const framer = new Framer(4);
    for (const part of parts) framer.push({ bytes: bytes(part), at: 7n });
    return framer;
  };

  test('is shown, and given out as it is', () => {
    const framer = unended('\r\n', 'OK');
    expect(framer.unended).toBe('OK');
    const [frame, ...others] = framer.takeUnended();
    expect(frame).toEqual({
      kind: 'line',
      line: { data: 'OK', startedAt: 7n, endedAt: 7n },
      end: '',
      released: { late: false },
    });
    expect(others).toEqual([]);
    expect(framer.push({ bytes: bytes('\r\nOK\r\n'), at: 8n }).map(show)).toEqual(['|\r\n', 'OK|\r\n']);
  });

  test.each(['', 'OK\r', 'OK\r\n', 'abcdefg'])('is not %j', (text) => {
    const framer = unended(text);
    expect(framer.unended).toBe('');
    expect(framer.takeUnended()).toEqual([]);
  });
});

describe.each(cases)('framing %s', (_name, input, frames, limit) => {
  test('whole', () => {
    expect(shown([input], limit)).toEqual(frames);
  });

  test('byte by byte', () => {
    expect(shown(input.split(''), limit)).toEqual(frames);
  });

  test('cut in two at every byte', () => {
    for (let cut = 0; cut <= input.length; cut++) {
      expect(shown([input.slice(0, cut), input.slice(cut)], limit)).toEqual(frames);
    }
  });
});

const busyText = fc.string({ unit: fc.constantFrom('\r', '\n', 'A', '\0', '\xff'), maxLength: 60 });

test('any split of any bytes gives the same frames', () => {
  fc.assert(
    fc.property(
      busyText,
      fc.array(fc.nat(60), { maxLength: 12 }),
      fc.integer({ min: 1, max: 8 }),
      (text, cuts, limit) => {
        const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const parts = places.slice(1).map((place, index) => text.slice(places[index], place));
        expect(parts.join('')).toBe(text);
        expect(shown(parts, limit)).toEqual(shown([text], limit));
      },
    ),
  );
});

test('no byte is lost: the frames spell what arrived', () => {
  const spell = (frame: Frame): string => {
    if (frame.kind === 'line') return frame.line.data + frame.end;
    return frame.kind === 'discarded' ? frame.data : frame.end;
  };
  fc.assert(
    fc.property(busyText, (text) => {
      expect(framesOf([text]).map(spell).join('')).toBe(text);
    }),
  );
});

describe('stamps', () => {
  test('a line starts with its first byte and ends with the last byte of its line end', () => {
    const [, line] = framesOf(['\r\n', 'O', 'K\r', '\n']);
    expect(line).toEqual({ kind: 'line', line: { data: 'OK', startedAt: 2n, endedAt: 4n }, end: '\r\n' });
  });

  test('a final result is there with its LF, not with the byte after it', () => {
    const framer = new Framer();
    expect(framer.push({ bytes: bytes('OK\r'), at: 1n })).toEqual([]);
    expect(framer.isHolding).toBe(true);
    expect(framer.push({ bytes: bytes('\n'), at: 2n }).map(show)).toEqual(['OK|\r\n']);
    expect(framer.isHolding).toBe(false);
  });

  test('a held line that is released keeps the stamp of the byte that ended it', () => {
    const framer = new Framer();
    framer.push({ bytes: bytes('AT\r'), at: 5n });
    expect(framer.release()).toEqual([
      {
        kind: 'line',
        line: { data: 'AT', startedAt: 5n, endedAt: 5n },
        end: '\r',
        released: { late: false },
      },
    ]);
    expect(framer.release()).toEqual([]);
  });
});

test('a line without end keeps no more than the limit in memory, and says at once that it is too long', () => {
  const framer = new Framer();
  const noise = new Uint8Array(1000);
  const frames = Array.from({ length: 50 }, () => framer.push({ bytes: noise, at: 1n })).flat();
  expect(frames).toHaveLength(1);
  expect(frames[0]).toMatchObject({ kind: 'discarded', reason: 'too-long', bytes: maxLineBytes });
  expect(framer.push({ bytes: bytes('\r\n'), at: 2n })).toMatchObject([
    { kind: 'discarded', reason: 'rest', bytes: 50_000 - maxLineBytes, data: '' },
  ]);
});

describe('the byte after a released line', () => {
  const after = (first: string, next: string): string[] => {
    const framer = new Framer();
    framer.push({ bytes: bytes(first), at: 1n });
    framer.release();
    return framer.push({ bytes: bytes(next), at: 2n }).map(show);
  };

  test.each([
    ['an LF after its CR makes no line', 'OK\r', '\n\r\nOK\r\n', ['late|\n', '|\r\n', 'OK|\r\n']],
    ['a second LF does', 'OK\r', '\n\n\r', ['late|\n', '|\n\r']],
    ['a CR begins the next answer', 'OK\r', '\r\nOK\r\n', ['|\r\n', 'OK|\r\n']],
    ['a CR after an LF begins the next answer', 'OK\n', '\r\nOK\r\n', ['|\r\n', 'OK|\r\n']],
    ['a blank line has an end like any other', '\r', '\nOK\r\n', ['late|\n', 'OK|\r\n']],
  ])('%s', (_name, first, next, frames) => {
    expect(after(first, next)).toEqual(frames);
  });
});
