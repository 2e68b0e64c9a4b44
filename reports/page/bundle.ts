import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const view = path.join(import.meta.dirname, 'view');

/** Bundles the page's program and its style: text that stands in the page itself, so that it needs no network. */
export async function bundle(): Promise<{ script: string; style: string }> {
  // Loaded only where it is needed: commands start without it.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path.join(view, 'main.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    // The oldest browsers that have DecompressionStream and top-level await.
    target: ['chrome110', 'firefox115', 'safari16.4'],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    legalComments: 'none',
  });
  const chart = readFileSync(createRequire(import.meta.url).resolve('uplot/dist/uPlot.min.css'), 'utf8');
  return { script: outputFiles[0]!.text, style: chart + readFileSync(path.join(view, 'style.css'), 'utf8') };
}
