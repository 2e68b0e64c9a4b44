/** The length of a private key whose form CFG-MASK-FORM states, characters. */
export const FORM_LENGTH = 8;

/** A private key of that length as it is shown (app note §2.1, clause CFG-MASK-FORM). */
export const keyForm = (key: string): string => `${key.slice(0, 4)}****`;
