const named: Record<number, string> = { 0x0a: '\\n', 0x0d: '\\r', 0x09: '\\t', 0x5c: '\\\\' };

const escapeByte = (byte: number): string => {
  const name = named[byte];
  if (name) return name;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
};

/**
 * Device bytes as text that is safe to show: printable ASCII as it is, everything else escaped (`\r`, `\n`, `\t`, `\\`,
 * `\xNN`). Two different inputs never look the same.
 */
export const escapeBytes = (bytes: Uint8Array): string => Array.from(bytes, escapeByte).join('');

/** Marks where a text was cut. Code that masks secrets takes the text beside it for a part of a longer text. */
export const cutMark = '…';

/**
 * A text of at most `most` characters, cut at its end. For display only. Mask secrets before: a part of a secret is not
 * found any more.
 */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}${cutMark}`;

/**
 * Text that is safe to show: control characters, DEL, C1, unpaired surrogates and the non-characters that XML 1.0 forbids
 * are escaped. Line breaks and tabs stay.
 */
export const escapeText = (text: string): string =>
  text.replace(
    // XML 1.0 §2.2 Char, less the C1 controls and DEL, which terminals obey.
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (char) => {
      const code = char.charCodeAt(0);
      return code < 0x100
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );

/**
 * JSON text without DEL and C1 controls, which JSON leaves as they are and terminals obey. Its value stays the same.
 * Line ends and C0 controls cannot stand in its strings anyway.
 */
export const escapeJson = (json: string): string =>
  json.replace(/[\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
