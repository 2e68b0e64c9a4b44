import { createMask, maskText, spellingsOf } from './mask.ts';

const secret = 'S3cretKey!';
const shown = 'S3cr######';
const line = `AT+QDMPCFG=2,"M100000089","${secret}",1,863703030822519\r`;
const masked = line.replace(secret, shown);

describe('maskText', () => {
  test('leaves the first four characters and the length', () => {
    expect(maskText(line, spellingsOf([secret]))).toBe(masked);
  });

  test('masks every occurrence, overlapping ones too, of every secret', () => {
    expect(maskText('aaaaaaa otherkey', spellingsOf(['aaaaaa', 'otherkey']))).toBe('aaaa### othe####');
  });

  test('masks the escaped spelling and the bytes of a secret that is not ASCII', () => {
    const key = 'Schlüssel\\';
    const bytes = Buffer.from(key).toString('latin1');
    expect(maskText('Schl\\xc3\\xbcssel\\\\', spellingsOf([key]))).toBe(`Schl${'#'.repeat(14)}`);
    expect(maskText(bytes, spellingsOf([key]))).toBe(`Schl${'#'.repeat(bytes.length - 4)}`);
    expect(maskText(key, spellingsOf([key]))).toBe('Schl######');
  });

  test.each(['', 'a', 'abcd'])('does not mask a secret of at most four characters: %j', (short) => {
    expect(maskText('an abcd of things', spellingsOf([short]))).toBe('an abcd of things');
  });
});

describe('a masked stream', () => {
  const pushed = (chunks: string[], secrets = [secret]) => {
    const mask = createMask(() => spellingsOf(secrets));
    return chunks.map((chunk) => mask.push(chunk));
  };

  test('hides a secret that is cut at any byte, each chunk keeping its length', () => {
    for (let cut = 0; cut <= line.length; cut++) {
      const chunks = [line.slice(0, cut), line.slice(cut)];
      const out = pushed(chunks);
      expect(out.join('')).toBe(masked);
      expect(out.map(({ length }) => length)).toEqual(chunks.map(({ length }) => length));
    }
  });

  test('hides it when it comes byte by byte', () => {
    expect(pushed(line.split('')).join('')).toBe(masked);
  });

  test('hides it when it comes again and again', () => {
    expect(pushed(`${secret}${secret}`.split('')).join('')).toBe(`${shown}${shown}`);
  });

  test('never shows more than four characters of a secret that is not finished', () => {
    expect(pushed(['say S3cretK'])).toEqual(['say S3cr###']);
  });

  test('masks at most the end of a chunk if it turns out to be no secret', () => {
    expect(pushed(['say S3cretK', 'ing is not it'])).toEqual(['say S3cr###', 'ing is not it']);
    expect(pushed(['say S3cretKing is not it'])).toEqual(['say S3cretKing is not it']);
  });

  test('changes nothing without secrets', () => {
    expect(pushed([line, line], [])).toEqual([line, line]);
  });
});

describe('a secret that a message cuts', () => {
  test.each([
    ['its beginning before the cut', 'saves "S3cretK…', 'saves "S3cr###…'],
    [
      'its beginning before a cut on a line of its own',
      'saves "S3cretK\n… 5 more',
      'saves "S3cr###\n… 5 more',
    ],
    ['its end after the cut', 'on the wire: …tKey!",1', 'on the wire: …#####",1'],
    ['no more than may be seen', 'saves "S3cr…', 'saves "S3cr…'],
    ['something else', 'it says …Key and S3…', 'it says …Key and S3…'],
  ])('shows nothing of it: %s', (_, text, expected) => {
    expect(maskText(text, spellingsOf([secret]))).toBe(expected);
  });
});
