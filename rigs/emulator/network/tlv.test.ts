import { tlvResource } from './tlv.ts';

test.each([
  // LwM2M 1.0 §6.4.3.1 has the first: resource 0, "Open Mobile Alliance".
  [0, 'Open Mobile Alliance', 'c80014'],
  [9, 'd', 'c109'],
  [6602, 'NULL', 'e419ca'],
  [6602, '12345678', 'e819ca08'],
  [6614, 'x'.repeat(344), 'f019d60158'],
])('resource %i is headed by its kind, id and length', (id, value, head) => {
  expect(tlvResource(id, Buffer.from(value)).toString('hex')).toBe(head + Buffer.from(value).toString('hex'));
});
