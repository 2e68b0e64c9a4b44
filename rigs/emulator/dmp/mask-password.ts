import type { Settings } from '../settings/settings.ts';

/** The note, §2.1. */
const SHOWN_CHARACTERS = 4;

/** The private key as answers show it: its first four characters, and stars. */
export function maskPassword(password: string, settings: Settings): string {
  if (password === '') return '';
  if (password.length <= SHOWN_CHARACTERS) return maskShort(password, settings);
  const stars = settings.maskStars === 'four' ? 4 : password.length - SHOWN_CHARACTERS;
  return password.slice(0, SHOWN_CHARACTERS) + '*'.repeat(stars);
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
