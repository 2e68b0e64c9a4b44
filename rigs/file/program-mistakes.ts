import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

import type { Mistake } from './mistake.ts';
import type { WrittenRig } from './rig-file.ts';

const actions = ['on', 'off', 'reset', 'powerKey', 'powered'] as const;

/**
 * Programs that lie beside the rig file, as `./bench.sh`, and cannot be run. A whole path may be right on the bench's
 * machine alone, and a bare name is searched where it runs.
 * @param file the rig file's absolute path
 */
export function programMistakes(file: string, { control }: Pick<WrittenRig, 'control'>): Mistake[] {
  if (control.driver !== 'command') return [];
  return actions.flatMap((action) => {
    const [program = ''] = control[action] ?? [];
    if (!program.includes('/') || path.isAbsolute(program)) return [];
    const text = whyNotRun(path.resolve(path.dirname(file), program));
    return text === undefined ? [] : [{ path: ['control', action, 0], at: 'value', text } as const];
  });
}

function whyNotRun(program: string): string | undefined {
  if (!statSync(program, { throwIfNoEntry: false })?.isFile()) {
    return `there is no program ${program}; correct the path, which is relative to the rig file`;
  }
  try {
    accessSync(program, constants.X_OK);
    return undefined;
  } catch {
    return `${program} may not be run; \`chmod +x\` makes it executable`;
  }
}
