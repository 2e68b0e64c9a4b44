/** A class of input that a command tried, with the clause that speaks of it if one does. */
export interface UsedClass {
  /** In words that follow "refuses" and "accepts": `an IMEI of 15 bytes`. */
  readonly what: string;
  readonly clause?: string;
}

/** An exchange that shows a failure. */
export interface ShownExchange {
  /** The command, escaped, as a person can send it again. */
  readonly command: string;
  /** Its form, e.g. `AT+QDMPCFG=4,1`. */
  readonly form: string;
  /** Whether it was answered OK. */
  readonly ok: boolean;
  readonly uses: readonly UsedClass[];
  /** Its first line in the trace. */
  readonly line: number;
}

/** What a failed expectation was about: from such facts, causes are found. */
export interface FailureFacts {
  /** `refused`: an error in the place of OK; `accepted`: OK in the place of an error; `wrong`: anything else. */
  readonly how: 'refused' | 'accepted' | 'wrong';
  /** What was looked at, in the field's words; a failed expectation of several things names each. */
  readonly about: readonly string[];
  readonly shown: readonly ShownExchange[];
}

/** A test as the search for causes needs it. */
export interface JudgedTest {
  readonly name: string;
  readonly verdict: string;
  readonly clauses: readonly string[];
  /** Of a failed test; absent if nothing of it is known. */
  readonly failure?: FailureFacts | undefined;
  /** The forms and the classes of input that its own commands tried, by how they were answered. */
  readonly used: { readonly ok: ReadonlySet<string>; readonly refused: ReadonlySet<string> };
  /** What it looked at and found as expected. */
  readonly held: ReadonlySet<string>;
  /** First line of the trace. */
  readonly line: number;
}
