import { createLastKnown } from './last-known.ts';

const exchange = { type: 'exchange', form: 'AT+QDMPCFG=4,1' } as never;

test('where a run stands is its test and its last command', () => {
  const known = createLastKnown();
  expect(known.text()).toBe('before the first test');
  known.add(exchange);
  expect(known.text()).toBe('before the first test, after the command AT+QDMPCFG=4,1');
  known.add({ type: 'test-start', name: 'a › b' });
  expect(known.text()).toBe("in the test 'a › b', after the command AT+QDMPCFG=4,1");
  known.add({ type: 'test-end', name: 'a › b', verdict: 'pass', durationMs: 1, trace: [1, 2] });
  expect(known.text()).toBe("after the test 'a › b', after the command AT+QDMPCFG=4,1");
});
