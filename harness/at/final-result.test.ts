import { finalResult } from './final-result.ts';

test.each([
  ['OK', { kind: 'OK', text: 'OK' }],
  ['ERROR', { kind: 'ERROR', text: 'ERROR' }],
  ['+CME ERROR: 50', { kind: 'CME', text: '+CME ERROR: 50', code: 50 }],
  ['+CME ERROR:50', { kind: 'CME', text: '+CME ERROR:50', code: 50 }],
  ['+CME ERROR: 3517', { kind: 'CME', text: '+CME ERROR: 3517', code: 3517 }],
  ['+CMS ERROR: 305', { kind: 'CMS', text: '+CMS ERROR: 305', code: 305 }],
  [
    '+CME ERROR: operation not allowed',
    { kind: 'CME', text: '+CME ERROR: operation not allowed', code: undefined },
  ],
  ['+CME ERROR: -1', { kind: 'CME', text: '+CME ERROR: -1', code: undefined }],
  ['+CME ERROR: 9999999999999999', { kind: 'CME', text: '+CME ERROR: 9999999999999999', code: undefined }],
  ['+CME ERROR', { kind: 'CME', text: '+CME ERROR', code: undefined }],
])('%s ends a command', (line, final) => {
  expect(finalResult(line)).toEqual(final);
});

test.each(['ok', 'OK ', 'CLOSE OK', 'SEND OK', 'ERROR: 3', '+CIS ERROR: 1', '+CMEERROR: 1', ''])(
  '"%s" does not',
  (line) => {
    expect(finalResult(line)).toBeUndefined();
  },
);
