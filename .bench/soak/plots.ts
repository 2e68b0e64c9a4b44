import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { type Round, watched } from './journal.ts';

const own = createRequire(import.meta.url);
const titles: Readonly<Record<(typeof watched)[number] | 'seconds', string>> = {
  seconds: 'Seconds of a round',
  memoryMb: 'Memory of the largest process of a qualification, MB',
  stateKb: 'State folder, kB',
  stateFiles: 'State folder, files',
  moduleDescriptors: 'Open descriptors of the emulated module',
  moduleMb: 'Memory of the emulated module, MB',
  ownDescriptors: 'Open descriptors of the soak itself',
};

/** Writes `soak.html`: each figure by rounds, a line a board; one file that needs no network. @returns its path */
export function writePlots(dir: string, rounds: readonly Round[]): string {
  const lanes = [...new Set(rounds.map(({ lane }) => lane))].sort((a, b) => a - b);
  const numbers = rounds.map(({ n }) => n);
  const plots = (['seconds', ...watched] as const).map((name) => ({
    title: titles[name],
    data: [
      numbers,
      ...lanes.map((lane) => rounds.map((round) => (round.lane === lane ? round[name] : null))),
    ],
  }));
  const wrong = rounds.flatMap(({ n, what, wrong }) => wrong.map((text) => `Round ${n}, ${what}: ${text}`));
  // No text of a program can become markup: it is data of a script, in which < is escaped.
  const data = JSON.stringify({ plots, lanes, wrong, count: rounds.length }).replaceAll('<', '\\u003c');
  const file = path.join(dir, 'soak.html');
  writeFileSync(
    file,
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>bc26-hil soak</title>
<style>${readFileSync(own.resolve('uplot/dist/uPlot.min.css'), 'utf8')}
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
</style>
</head>
<body>
<h1>Soak</h1>
<p id="sum"></p>
<ul id="wrong"></ul>
<main id="plots"></main>
<script>${readFileSync(own.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8')}</script>
<script>
const { plots, lanes, wrong, count } = ${data};
const colours = ['#1f6feb', '#d1242f', '#1a7f37', '#9a6700', '#8250df', '#bf3989'];
document.getElementById('sum').textContent = count + ' rounds; ' + wrong.length + ' findings';
for (const text of wrong) document.getElementById('wrong').appendChild(document.createElement('li')).textContent = text;
const width = Math.min(960, document.body.clientWidth - 32);
for (const { title, data } of plots)
  new uPlot({ title, width, height: 260, scales: { x: { time: false }, y: { range: { min: { pad: 0.1, soft: 0, mode: 1 }, max: { pad: 0.1 } } } },
    series: [{ label: 'round' }, ...lanes.map((lane) => ({ label: 'board ' + lane, stroke: colours[lane % colours.length], spanGaps: true, points: { show: true } }))],
  }, data, document.getElementById('plots'));
</script>
</body>
</html>
`,
  );
  return file;
}
