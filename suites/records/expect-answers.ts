import { answerTo, type Exchange, expect, expectThat, shownBy } from '../../harness/jest/suite.ts';
import { keyShownIn } from './key-shown.ts';

/** Expects the answer OK. */
export function expectAnsweredOk(exchange: Exchange): void {
  shownBy([exchange], () => expect(exchange.final.text, answerTo(exchange.command)).toEqual('OK'));
}

/** Expects that an answer shows its values without quotes. */
export function expectUnquoted(exchange: Exchange): void {
  const shown = exchange.information.join(' / ');
  shownBy([exchange], () =>
    expectThat(answerTo(exchange.command), {
      holds: !shown.includes('"'),
      expected: 'values without quotes',
      got: shown,
    }),
  );
}

/** Expects that a text shows no more of a private key than allowed. */
export function expectMasked(text: string, key: string): void {
  const shown = keyShownIn(text, key);
  expectThat('the private key as shown', {
    holds: shown === undefined,
    expected: 'no more than its first four characters',
    got: shown,
  });
}
