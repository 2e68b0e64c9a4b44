import path from 'node:path';

import { replaceFile, writeJson } from '../files/replace-file.ts';
import type { Proof } from './proof.ts';
import { proofTable } from './proof-table.ts';
import { proofText } from './proof-text.ts';
import { proofFile } from './read-proof.ts';

/** Writes a proof into its folder: `prove.json`, and `prove.txt` for people. */
export function writeProof(folder: string, proof: Proof): void {
  writeJson(proofFile(folder), proof);
  replaceFile(path.join(folder, 'prove.txt'), `${proofText(proof)}\n${proofTable(proof)}`);
}
