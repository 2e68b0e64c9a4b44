import { html, nothing, render, type TemplateResult } from 'lit-html';

import { type Address, keepTime } from './address.ts';
import { type Chart, mountChart } from './chart.ts';
import type { Lane, PageData, Span } from './page-data.ts';
import { duration } from './text.ts';
import { type Moment, momentsBetween, seconds, transcript } from './transcript.ts';

/** How many lines of the trace are shown on both sides of one that was chosen. */
const around = 12;

/** The lines of the rig, the UART, the platform, the states, the boots and the tests over time. */
export const timeLine = ({ lanes }: PageData): TemplateResult =>
  html`<section id="time" aria-labelledby="time-title">
    <h2 id="time-title">Time line</h2>
    ${
      lanes.length === 0
        ? html`<p class="none">The run has no trace.</p>`
        : html`<p class="hint">
              Drag to zoom, double-click for all of it. With the focus on it: the wheel, <kbd>+</kbd>
              <kbd>−</kbd>, arrows, <kbd>Home</kbd>. Click on something to read it.
            </p>
            <p class="actions" id="time-buttons"></p>
            <div
              class="chart"
              id="chart"
              tabindex="0"
              role="group"
              aria-label="time line; what is in view stands below as text"
            >
              <div class="canvas" aria-hidden="true"></div>
              <div class="tip" hidden></div>
            </div>
            <div id="picked" aria-live="polite"></div>
            <details id="in-view">
              <summary>What is in view, as text</summary>
              <div></div>
            </details>`
    }
  </section>`;

/** Draws the chart into the section once it is in the document; returns what follows the address. */
export function startTimeLine({ lanes }: PageData): (address: Address) => void {
  const host = document.getElementById('chart');
  if (!host) return () => undefined;
  const inView = document.getElementById('in-view') as HTMLDetailsElement;
  const picked = document.getElementById('picked')!;
  const list = (view: Chart['view']): void => {
    if (inView.open) render(transcript(momentsIn(lanes, ...view)), inView.querySelector('div')!);
  };
  const chart = mountChart(host, lanes, {
    onView: (view, whole) => {
      keepTime(whole ? undefined : view);
      list(view);
    },
    onPick: (lane, span) => render(detail(lanes, lane, span), picked),
  });
  inView.addEventListener('toggle', () => list(chart.view));
  render(buttons(chart), document.getElementById('time-buttons')!);
  return ({ time }) => {
    if (time) chart.show(time);
  };
}

const buttons = (chart: Chart): TemplateResult =>
  html`${(
    [
      ['Earlier', () => chart.pan(-0.5)],
      ['Later', () => chart.pan(0.5)],
      ['Zoom in', () => chart.zoom(0.5)],
      ['Zoom out', () => chart.zoom(2)],
      ['All', () => chart.show(undefined)],
    ] as const
  ).map(([text, act]) => html`<button type="button" @click=${act}>${text}</button>`)}`;

const detail = (lanes: readonly Lane[], { label }: Lane, [at, lasted, line, text]: Span): TemplateResult =>
  html`<p>
      <b>${label}</b> at ${seconds(at)} s${lasted > 0 ? html`, for ${duration(lasted / 1000)}` : nothing},
      line ${line} of the trace
    </p>
    <pre tabindex="0"><bdi>${text}</bdi></pre>
    ${transcript(momentsBetween(lanes, line - around, line + around))}`;

/** What is on the wires between two moments, s. */
function momentsIn(lanes: readonly Lane[], from: number, to: number): Moment[] {
  return momentsBetween(lanes, 0, Infinity).filter(
    ({ span: [at, lasted] }) => at + lasted >= from * 1e6 && at <= to * 1e6,
  );
}
