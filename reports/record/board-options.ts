import { quotedWord } from '../causes/shell-word.ts';
import type { RunFacts } from './entry.ts';

type Board = Pick<RunFacts, 'rig' | 'rigFile' | 'faults'>;

/** The options that switch the firmware faults on again. */
export const faultOptions = ({ faults = [] }: Pick<Board, 'faults'>): readonly string[] =>
  faults.map((id) => `--fault ${id}`);

/** The options that name the board again: a rig of the repository by its name, any other by its file. */
export function boardOptions({ rig, rigFile, faults = [] }: Board): string {
  const name = rigFile.endsWith(`/rigs/${rig}.yaml`) ? rig : rigFile;
  const word = /^[\w@%+:,./-]+$/.test(name) ? name : quotedWord(name);
  return ['--rig', word, ...faultOptions({ faults })].join(' ');
}
