import { type DeviationsOptions, loadDeviations, parseDeviations } from './deviations-file.ts';

const options: DeviationsOptions = {
  firmware: 'BC26NBR01A07',
  today: new Date('2026-06-15T23:59:00Z'),
  clauseMistake: (id) =>
    id.startsWith('CFG-') ? undefined : `no clause is called ${id}; did you mean CFG-X?`,
};

const good = `firmware: BC26NBR01A07
deviations:
  CFG-PORT-RANGE:
    reason: takes 65536 for 0
    reference: ticket 12
    expires: 2026-12-31
`;

const messageOf = (source: string, own: Partial<DeviationsOptions> = {}): string => {
  try {
    parseDeviations('/bench/a07.yaml', source, { ...options, ...own });
  } catch (error) {
    expect(error).toMatchObject({ code: 'DEVIATIONS_INVALID', blame: 'usage' });
    return (error as { message: string }).message;
  }
  return 'no mistake';
};

describe('known deviations', () => {
  test('are read with clause, reason, reference and last day', () => {
    expect(parseDeviations('/bench/a07.yaml', good, options)).toEqual([
      {
        clause: 'CFG-PORT-RANGE',
        reason: 'takes 65536 for 0',
        reference: 'ticket 12',
        expires: '2026-12-31',
      },
    ]);
  });

  test('may be none', () => {
    expect(parseDeviations('/bench/a07.yaml', 'firmware: BC26\ndeviations: {}', options)).toEqual([]);
  });

  test.each([
    [
      'an unknown clause',
      'CFG-PORT-RANGE:',
      'PORT-RANGE:',
      '3:3: deviations.PORT-RANGE: no clause is called',
    ],
    [
      'an unknown key',
      'reference:',
      'referense:',
      '5:5: deviations.CFG-PORT-RANGE.referense: unknown key (did',
    ],
    ['no reason', '    reason: takes 65536 for 0\n', '', 'deviations.CFG-PORT-RANGE.reason: is missing'],
    ['no day', '2026-12-31', 'soon', '6:14: deviations.CFG-PORT-RANGE.expires: expected a day, as in'],
    [
      'a day that is none',
      '2026-12-31',
      '2026-02-30',
      '6:14: deviations.CFG-PORT-RANGE.expires: expected a day',
    ],
    [
      'a day that has passed',
      '2026-12-31',
      '2026-06-14',
      '6:14: deviations.CFG-PORT-RANGE.expires: expired on',
    ],
    [
      'another firmware',
      'BC26NBR01A07\n',
      'BC26NBR01A08\n',
      '1:11: firmware: these deviations are of BC26NBR01A08, but the rig admits every BC26NBR01A07…',
    ],
    ['a clause listed twice', 'CFG-PORT-RANGE:', 'CFG-PORT-RANGE: {}\n  CFG-PORT-RANGE:', 'unique'],
    ['no map at all', good, '- a', ' expected a map of keys, found a list'],
  ])('%s is a mistake, with its place', (_, from, to, text) => {
    const message = messageOf(good.replace(from, to));
    expect(message).toContain('/bench/a07.yaml:');
    expect(message).toContain(text);
  });

  test('hold on their last day', () => {
    expect(messageOf(good.replace('2026-12-31', '2026-06-15'))).toBe('no mistake');
  });

  test('of one firmware are not used where the rig admits others, too', () => {
    expect(messageOf(good, { firmware: 'BC26' })).toContain('the rig admits every BC26…');
    expect(messageOf(good, { firmware: 'BC26NBR01A07V02' })).toBe('no mistake');
  });

  test.each(['/nowhere/a07.yaml', '/dev/zero'])(
    'that cannot be read are a mistake of the rig file: %s',
    async (file) => {
      await expect(loadDeviations(file, options)).rejects.toMatchObject({
        code: 'DEVIATIONS_INVALID',
        remedy: expect.stringContaining('module.deviations') as string,
      });
    },
  );
});
