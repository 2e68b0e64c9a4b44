import type { ProofCell } from '../../../reports/proof/proof.ts';
import { duration } from '../../../reports/text/format.ts';

/** How far a proof has come. */
interface Advance {
  /** Cells judged by this process. */
  readonly done: number;
  readonly of: number;
  /** What these took, one with the other, ms. */
  readonly tookMs: number;
  /** How many runs go on at once. */
  readonly together: number;
}

/** One line for each firmware judged: how many, what came, how long it took, and how much time is left. */
export function progressLine(cell: ProofCell, { done, of, tookMs, together }: Advance): string {
  const by =
    cell.outcome === 'caught' ? ` by ${cell.failed.filter((id) => cell.breaks.includes(id)).join(', ')}` : '';
  const why = cell.why === undefined ? '' : ` (${cell.why})`;
  const atOnce = Math.min(together, of - done);
  const leftMs = ((tookMs / done) * (of - done)) / atOnce;
  const left = done < of ? `, about ${duration(leftMs)} left, ${atOnce} at once` : '';
  return `${done}/${of}  ${cell.name}: ${cell.outcome}${by}${why}, ${duration(cell.durationMs)}${left}\n`;
}
