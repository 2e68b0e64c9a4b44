import { type Selection, whyNotRun, withSelectedClauses } from './selection.ts';

const all: Selection = {
  profile: 'nightly',
  clauses: null,
  capabilities: { powerKey: true, reset: true, supplyCut: true, powered: true, truth: true },
  platform: true,
  localCauses: true,
  unproven: new Map(),
};

describe('whyNotRun', () => {
  test('a test without options is run from the nightly profile on', () => {
    expect(whyNotRun({ clauses: ['CFG-TEST'] }, all)).toBeUndefined();
    expect(whyNotRun({ clauses: ['CFG-TEST'] }, { ...all, profile: 'smoke' })).toBe(
      'not part of profile smoke',
    );
    expect(whyNotRun({ clauses: ['CFG-TEST'] }, { ...all, profile: 'release' })).toBeUndefined();
  });

  test('one selected clause is enough', () => {
    const selection = { ...all, clauses: new Set(['CFG-READ']) };
    expect(whyNotRun({ clauses: ['CFG-TEST', 'CFG-READ'] }, selection)).toBeUndefined();
    expect(whyNotRun({ clauses: ['CFG-TEST'] }, selection)).toBe('not selected by --clause');
  });

  test.each([
    ['reset' as const, 'the rig has no reset line'],
    ['supplyCut' as const, 'the rig cannot cut the supply'],
    ['localCauses' as const, 'this board cannot switch the local cause on'],
    ['platform' as const, 'the rig has no platform the module can reach'],
  ])('a missing %s says so', (need, reason) => {
    const bare = {
      ...all,
      platform: false,
      localCauses: false,
      capabilities: { powerKey: false, reset: false, supplyCut: false, powered: false, truth: false },
    };
    expect(whyNotRun({ clauses: ['CFG-TEST'], needs: [need] }, bare)).toBe(reason);
    expect(whyNotRun({ clauses: ['CFG-TEST'], needs: [need] }, all)).toBeUndefined();
  });
});

describe('withSelectedClauses', () => {
  const spec = { clauses: ['CFG-TEST', 'CFG-READ'], title: 'a test', body: async () => {} };

  test('leaves a test only the clauses that --clause names', () => {
    expect(withSelectedClauses(spec, new Set(['CFG-READ', 'CFG-SAVE-0']))).toEqual({
      ...spec,
      clauses: ['CFG-READ'],
    });
    expect(withSelectedClauses(spec, null)).toBe(spec);
  });

  test('a test that is left none is not selected', () => {
    const clauses = new Set(['CFG-SAVE-0']);
    expect(whyNotRun(withSelectedClauses(spec, clauses), { ...all, clauses })).toBe(
      'not selected by --clause',
    );
  });
});
