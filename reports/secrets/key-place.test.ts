import { KeyPlace } from './key-place.ts';

const masked = (text: string): string => new KeyPlace().push(text);

describe('an answer with credentials', () => {
  test.each([
    ['leaked', '+QDMPCFG: 2,M1,S3cretKey!,1,863703030822519', '+QDMPCFG: 2,M1,S3cr######,1,863703030822519'],
    ['masked', '+QDMPCFG: 2,M1, 95Go****,1,863703030822519', '+QDMPCFG: 2,M1, 95Go****,1,863703030822519'],
    ['five characters', '+QDMPCFG: 2,M1,95GoE***,0,1', '+QDMPCFG: 2,M1,95Go#***,0,1'],
    [
      'after another line',
      '+QDMPCFG: 0,1\r\n+QDMPCFG:2,M1,S3cretKey!,1,86\r\n',
      '+QDMPCFG: 0,1\r\n+QDMPCFG:2,M1,S3cr######,1,86\r\n',
    ],
    ['under another name', '+DMPCFG: 2,M1,S3cretKey!,1,86', '+DMPCFG: 2,M1,S3cr######,1,86'],
    ['without a name', '\r\n2,M1,S3cretKey!,1,86', '\r\n2,M1,S3cr######,1,86'],
    ['quoted', '+QDMPCFG: 2,"M1","S3cretKey!","1","86"', '+QDMPCFG: 2,"M1","S3c########,###,####'],
    [
      'behind an echo',
      'AT+QDMPCFG?+QDMPCFG: 2,M1,S3cretKey!,1,86',
      'AT+QDMPCFG?+QDMPCFG: 2,M1,S3cr######,1,86',
    ],
    ['a comma in the app key', '+QDMPCFG: 2,M1,x,S3cretKey!,1,86', '+QDMPCFG: 2,M1,x,##########,#,##'],
    ['a comma in the key', '+QDMPCFG: 2,M1,S3,cretKey!,1,86', '+QDMPCFG: 2,M1,S3,########,#,##'],
    ['no end', '+QDMPCFG: 2,M1,S3cretKey!', '+QDMPCFG: 2,M1,S3cr######'],
  ])('shows four characters of a key at most: %s', (_, answer, shown) => {
    expect(masked(answer)).toBe(shown);
    expect(masked(answer)).toHaveLength(answer.length);
    expect(masked(answer)).not.toMatch(/S3cre|retKey/);
  });

  test.each([
    '+QDMPCFG: 1,117.161.2.41,5683,86400\r\n',
    '+QDMPCFGEX: 2,rom-4711,ram-4711,cpu-4711,RTOS\r\n',
    '+CEREG: 2,1,"1A2B3C","0000ABCD",9\r\n',
    '+CSQ: 22,99\r\nOK\r\n',
  ])('is the only one that is changed, not %j', (answer) => {
    expect(masked(answer)).toBe(answer);
  });

  test('may arrive in any pieces', () => {
    const answer = '\r\n+QDMPCFG: 2,M1,S3cretKey!,1,863703030822519\r\n\r\nOK\r\n';
    for (let cut = 0; cut <= answer.length; cut++) {
      const place = new KeyPlace();
      expect(place.push(answer.slice(0, cut)) + place.push(answer.slice(cut))).toBe(masked(answer));
    }
  });
});

describe('a key that a module shows', () => {
  const leaked = (text: string): readonly string[] => {
    const place = new KeyPlace();
    place.push(text);
    return place.leaked;
  };

  test.each([
    ['+QDMPCFG: 2,M1,S3cretKey!,1,86', ['S3cretKey!']],
    ['+QDMPCFG: 2,M1,S3cretK', ['S3cretK']],
    ['+QDMPCFG: 2,M1,S3cre****,1,86', ['S3cre']],
    ['+QDMPCFG: 2,M1,"S3cretKey!",1,86', ['S3cretKey!']],
    ['+QDMPCFG: 2,M1,S3cret,Key12,1,86', ['S3cret,Key12', 'S3cret', 'Key12']],
    ['+QDMPCFG: 2,M1,S3cr****,1,863703030822519', []],
    ['+QDMPCFG: 1,192.0.2.1,5683,86400', []],
  ])('is reported: %s', (answer, keys) => {
    expect(leaked(answer)).toEqual(keys);
  });
});
