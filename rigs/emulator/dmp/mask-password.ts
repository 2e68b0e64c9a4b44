import type { Settings } from '../settings/settings.ts';

/** How many characters of the private key are shown (the note, §2.1). */
const shown = 4;

/** The private key as it is read back: its first four characters, and stars. */
export function maskPassword(password: string, settings: Settings): string {
  if (password === '') return '';
  if (password.length <= shown) return maskShort(password, settings);
  const stars = settings.maskStars === 'four' ? 4 : password.length - shown;
  return password.slice(0, shown) + '*'.repeat(stars);
}

function maskShort(password: string, settings: Settings): string {
  switch (settings.shortKeys) {
    case 'stars':
      return `${password}****`;
    case 'bare':
      return password;
    case 'hidden':
      return '****';
  }
}
