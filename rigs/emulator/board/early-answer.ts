import { refused } from '../module/answers.ts';
import type { Answer, Call } from '../module/handler.ts';
import type { Settings } from '../settings/settings.ts';

type EarlySettings = Pick<Settings, 'earlyMs' | 'earlyCommands' | 'earlyAnswer'>;

/**
 * The answer of a module that answers `AT` and is not ready for more (BC26.md §1, Boot time).
 * @param upMs for how long it has answered `AT`
 * @returns undefined where the command is executed
 */
export function answerEarly(
  { name }: Call,
  { earlyMs, earlyCommands, earlyAnswer }: EarlySettings,
  upMs: number,
): Answer | undefined {
  if (upMs >= earlyMs || name === '') return undefined;
  if (earlyCommands !== 'all' && !earlyCommands.split(',').includes(name)) return undefined;
  if (earlyAnswer === 'none') return { lines: [], result: 'none' };
  return earlyAnswer === '14' ? { lines: [], result: { error: 14 } } : refused();
}
