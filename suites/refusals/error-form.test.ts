import type { Exchange } from '../../harness/jest/suite.ts';
import { hasErrorForm } from './error-form.ts';

const cme = (text: string, code?: number): Exchange['final'] => ({ kind: 'CME', text, code });
const cms = (text: string, code?: number): Exchange['final'] => ({ kind: 'CMS', text, code });

test.each([
  [{ kind: 'ERROR', text: 'ERROR' } as const, true],
  [cme('+CME ERROR: 50', 50), true],
  [cme('+CME ERROR: 900', 900), true],
  [cme('+CME ERROR: incorrect parameters'), true],
  [cme('+CME ERROR'), false],
  [cme('+CME ERROR:'), false],
  [cme('+CME ERROR: '), false],
  [cme('+CME ERROR:50', 50), false],
  [cme('+CME ERROR:  50', 50), false],
  [cms('+CMS ERROR: 299', 299), false],
  [cms('+CMS ERROR: 300', 300), true],
  [cms('+CMS ERROR: 512', 512), true],
  [cms('+CMS ERROR: 513', 513), false],
  [cms('+CMS ERROR: invalid PDU mode parameter'), true],
])('%j has the form of an error: %p', (final, good) => {
  expect(hasErrorForm({ final })).toBe(good);
});
