import type { FailureFacts, JudgedTest, ShownExchange, UsedClass } from './failure-facts.ts';

export const imei15: UsedClass = { what: 'an IMEI of 15 bytes', clause: 'CFG-IMEI-LENGTH' };
export const key12: UsedClass = { what: 'a private key of 12 bytes' };

export const shown = (own: Partial<ShownExchange> = {}): ShownExchange => ({
  command: 'AT+QDMPCFG=2,"M1","k",1,863703030822519',
  form: 'AT+QDMPCFG=2,…',
  ok: false,
  uses: [key12, imei15],
  line: 7,
  ...own,
});

interface Made {
  readonly verdict?: string;
  readonly failure?: Partial<FailureFacts>;
  readonly ok?: readonly UsedClass[];
  readonly refused?: readonly UsedClass[];
  readonly held?: readonly string[];
}

let line = 0;

/** A test by its title and clauses; it failed if `failure` is given. */
export function judgedTest(name: string, clauses: readonly string[], made: Made = {}): JudgedTest {
  const { failure, ok = [], refused = [], held = [] } = made;
  const { form } = shown();
  const names = (uses: readonly UsedClass[]) => new Set(uses.flatMap(({ what }) => [form, what]));
  return {
    name,
    clauses,
    verdict: made.verdict ?? (failure ? 'fail' : 'pass'),
    ...(failure && { failure: { how: 'wrong', about: [], shown: [], ...failure } }),
    used: { ok: names(ok), refused: names(refused) },
    held: new Set(held),
    line: (line += 10),
  };
}

/** A test that failed since a save was refused. */
export const refusedTest = (name: string, ...clauses: string[]): JudgedTest =>
  judgedTest(name, clauses, { failure: { how: 'refused', shown: [shown()] }, refused: [key12, imei15] });
