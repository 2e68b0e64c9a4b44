import type { FailureFacts, ShownExchange } from '../../../reports/causes/failure-facts.ts';
import type { Exchange } from '../../at/exchange.ts';
import { hasCode, isHilError } from '../../base/error.ts';
import { escapeBytes } from '../../base/escape.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import { usesOf } from '../../cmdmp/uses.ts';
import { type Disappointment, disappointmentOf } from './expectation.ts';
import { exchangesOfFailure } from './shown-by.ts';

/** One failure keeps no more exchanges: a group of inputs may hold hundreds. */
const MOST_SHOWN = 8;

/** What `refusals.ts` of the suites expects in the place of OK. */
const AN_ERROR = 'an error';

function howOf(thrown: unknown, failed: Disappointment | undefined): FailureFacts['how'] {
  if (hasCode(thrown, 'AT_REFUSED') || failed?.expected === 'OK') return 'refused';
  return failed?.expected === AN_ERROR ? 'accepted' : 'wrong';
}

const shownOf = ({ command, final, trace }: Exchange): ShownExchange => ({
  command: escapeBytes(Buffer.from(command, 'latin1')),
  form: describeCommand(command).form,
  ok: final.kind === 'OK',
  uses: usesOf(command),
  line: trace[0],
});

/** What a failure was about: for those who look for what explains it (`reports/causes`). */
export function failureFactsOf(thrown: unknown): FailureFacts {
  const failed = disappointmentOf(thrown);
  return {
    how: howOf(thrown, failed),
    about: failed ? (failed.about ?? [failed.what]) : isHilError(thrown) ? [thrown.code] : [],
    shown: (exchangesOfFailure(thrown) ?? []).slice(0, MOST_SHOWN).map(shownOf),
  };
}
