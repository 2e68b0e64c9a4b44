import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** A program that shows a page: its folder here. */
export type View = 'view' | 'proof-view';

const here = import.meta.dirname;

/** The style that each adds to the common one. */
const own: Readonly<Record<View, string>> = {
  view: createRequire(import.meta.url).resolve('uplot/dist/uPlot.min.css'),
  'proof-view': path.join(here, 'proof-view/matrix.css'),
};

/** Bundles the page's program and its style: text that stands in the page itself, so that it needs no network. */
export async function bundle(view: View): Promise<{ script: string; style: string }> {
  // Loaded only where it is needed: commands start without it.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path.join(here, view, 'main.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    // The oldest browsers that have DecompressionStream and top-level await.
    target: ['chrome110', 'firefox115', 'safari16.4'],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    legalComments: 'none',
  });
  const styles = [path.join(here, 'view/style.css'), own[view]];
  return {
    script: outputFiles[0]!.text,
    style: styles.map((file) => readFileSync(file, 'utf8')).join(''),
  };
}
