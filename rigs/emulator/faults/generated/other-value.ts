import type { RecordField } from './record-field.ts';

/** The next letter or digit, so that the form of a text stays. */
const nextCharacter = (character: string): string => {
  if (character === '9') return '0';
  if (character === 'z' || character === 'Z') return character === 'z' ? 'a' : 'A';
  return String.fromCharCode(character.charCodeAt(0) + 1);
};

const isNot = (value: string, ...others: readonly [string, string]): string =>
  others[0] === value ? others[1] : others[0];

/** A good value of a field, other than this one. */
export function anotherValue({ form, members, name }: RecordField, value: string): string {
  switch (form) {
    case 'choice':
      return String((Number(value) + 1) % members);
    case 'number':
      return name === 'port' ? isNot(value, '5684', '5685') : isNot(value, '3600', '7200');
    case 'address':
      // Documentation addresses (RFC 5737): nobody is asked.
      return isNot(value, '192.0.2.77', '192.0.2.78');
    case 'text':
      return value.replace(/[a-z\d]/gi, nextCharacter);
  }
}

/** A value that is wrong by one: a number one greater, an address one further, a text without its last character. */
export function nextValue({ form, members }: RecordField, value: string): string {
  switch (form) {
    case 'choice':
      return String((Number(value) + 1) % members);
    case 'number':
      return String(Number(value) + 1);
    case 'address':
      return value.replace(/\d+$/, (octet) => String((Number(octet) + 1) % 256));
    case 'text':
      return value.slice(0, -1);
  }
}
