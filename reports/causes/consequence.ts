import type { JudgedTest } from './failure-facts.ts';

/** How a record was looked at: right after a command, or in what became of it. */
type Look = 'erased' | 'saved' | 'saved later' | 'in use' | 'default';

/** A record that was not as expected. */
interface Wrong {
  /** `QDMPCFG 1`, `QDMPCFGEX 4`. */
  readonly record: string;
  readonly look: Look;
}

const recordName = /QDMPCFG(?:EX)? \d/;

function lookOf(about: string): Look {
  if (/the default in /.test(about)) return 'default';
  if (/ in use/.test(about)) return 'in use';
  if (/ erased/.test(about)) return 'erased';
  return / saved, after /.test(about) ? 'saved later' : 'saved';
}

/** What a wrong record explains of the same record: what was not erased is there later, what was not saved is not. */
const explains: Readonly<Record<Look, readonly Look[]>> = {
  erased: ['erased', 'saved later', 'in use', 'default'],
  saved: ['saved', 'saved later', 'in use'],
  'saved later': [],
  'in use': [],
  default: [],
};

/** The records that a failure is about; nothing where it is about something else as well. */
export function wrongRecords({ failure }: Pick<JudgedTest, 'failure'>): readonly Wrong[] {
  if (failure?.how !== 'wrong') return [];
  const named = failure.about.map((about) => ({ record: recordName.exec(about)?.[0], look: lookOf(about) }));
  return named.some(({ record }) => record === undefined) ? [] : (named as Wrong[]);
}

/** Whether a failure may well follow from those of a cause: from what the same records were right after a command. */
export function mayFollowFrom(test: Pick<JudgedTest, 'failure'>, causes: readonly Wrong[]): boolean {
  const wrong = wrongRecords(test);
  return (
    wrong.length > 0 &&
    wrong.every(({ record, look }) =>
      causes.some((cause) => cause.record === record && explains[cause.look].includes(look)),
    )
  );
}
