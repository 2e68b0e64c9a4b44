import * as nodeModule from 'node:module';
import path from 'node:path';

/**
 * Where Node keeps what it compiled of the files it loaded, so that the next process need not compile them: a sixth of
 * the processor time of a short run. Node 22.8 and later can (nodejs.org/api/module.html, "Module compile cache"); an
 * older one compiles each time. What cannot be written is not kept.
 */

/**
 * Keeps what is loaded from now on. The environment by which this process was told the folder ends here: a program that it
 * starts, such as a driver's command, is none of ours.
 * @param {string} folder absolute
 */
export function keepCompiled(folder) {
  nodeModule.enableCompileCache?.(folder);
  if (process.env.NODE_COMPILE_CACHE === folder) delete process.env.NODE_COMPILE_CACHE;
}

/** What a process of the same Node needs in its environment to keep it in the same folder, from its first file on. */
export const compiledEnvironment = () => {
  // Node's name for itself is the last part.
  const folder = nodeModule.getCompileCacheDir?.();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: path.dirname(folder) };
};
