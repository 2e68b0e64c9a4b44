import { writePage } from '../../../reports/page/write-page.ts';
import type { Proof } from '../../../reports/proof/proof.ts';
import { writeProof } from '../../../reports/proof/write-proof.ts';
import { messageOf } from '../../base/error.ts';
import type { Screen } from '../progress/screen.ts';

/** Writes a proof into its folder: data, text, and the page; without the page the proof is still one. */
export async function leaveProof(folder: string, proof: Proof, progress: Screen): Promise<void> {
  writeProof(folder, proof);
  try {
    await writePage(folder);
  } catch (error) {
    progress.write(`the page of the proof was not made: ${messageOf(error)}\n`);
  }
}
