import uPlot from 'uplot';

import { drawLanes } from './draw-lanes.ts';
import { largest } from './largest.ts';
import type { Lane, Span } from './page-data.ts';
import { duration } from './text.ts';
import { seconds } from './transcript.ts';

/** px */
const laneHeight = 30;
const axisHeight = 44;
const labelWidth = 104;
/** Farther from the pointer nothing is taken for pointed at, px. */
const reach = 8;
/** The chart zooms in no further, s. */
const shortest = 20e-6;

export interface Chart {
  /** Shows a part of the run, s; without one, all of it. */
  show(part: readonly [number, number] | undefined): void;
  zoom(factor: number): void;
  /** Moves by a share of what is in view. */
  pan(share: number): void;
  /** What is in view, s. */
  readonly view: readonly [number, number];
}

interface ChartEvents {
  /** @param whole whether that is all of the run */
  onView: (view: Chart['view'], whole: boolean) => void;
  onPick: (lane: Lane, span: Span) => void;
}

/** Draws the lanes as a logic analyser does: drag to zoom, wheel and keys once it has the focus, double click for all. */
export function mountChart(host: HTMLElement, lanes: readonly Lane[], events: ChartEvents): Chart {
  const ends = lanes.flatMap(({ spans }) => spans.map(([at, lasted]) => (at + lasted) / 1e6));
  const end = largest(ends, 1e-3);
  const tip = host.querySelector<HTMLElement>('.tip')!;
  const place = host.querySelector<HTMLElement>('.canvas')!;
  const colour = (name: string): string => getComputedStyle(host).getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: () => colour('text'),
    grid: { stroke: () => colour('line') },
    ticks: { show: false },
  };
  const plot = new uPlot(
    {
      width: place.clientWidth,
      height: lanes.length * laneHeight + axisHeight,
      legend: { show: false },
      scales: { x: { time: false, range: (_, min, max) => [min, max] }, y: { range: [0, lanes.length] } },
      series: [{}, { paths: () => null, points: { show: false } }],
      axes: [
        { ...axis, values: (_, splits) => splits.map((at) => `${Number(at.toFixed(6))} s`) },
        {
          ...axis,
          size: labelWidth,
          splits: () => lanes.map((_, index) => lanes.length - index - 0.5),
          values: () => lanes.map(({ label }) => label),
          grid: { show: false },
        },
      ],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: true } },
      hooks: {
        draw: [(self) => drawLanes(self, lanes, getComputedStyle(host))],
        setScale: [(self, key) => key === 'x' && seen(self, end, events)],
        setCursor: [(self) => showTip(self, lanes, tip)],
      },
    },
    [
      [0, end],
      [null, null],
    ],
    place,
  );
  const view = (): [number, number] => [plot.scales['x']!.min ?? 0, plot.scales['x']!.max ?? end];
  const show = (from: number, to: number): void => {
    const length = Math.min(end, Math.max(shortest, to - from));
    const min = Math.min(Math.max(0, from), end - length);
    const [oldMin, oldMax] = view();
    if (Math.abs(oldMin - min) > 1e-7 || Math.abs(oldMax - min - length) > 1e-7)
      plot.setScale('x', { min, max: min + length });
  };
  const zoomAt = (at: number, factor: number): void => {
    const [min, max] = view();
    show(at - (at - min) * factor, at + (max - at) * factor);
  };
  const chart: Chart = {
    show: (part) => show(...(part ?? [0, end])),
    zoom: (factor) => zoomAt((view()[0] + view()[1]) / 2, factor),
    pan: (share) => {
      const [min, max] = view();
      const by = (max - min) * share;
      show(min + by, max + by);
    },
    get view() {
      return view();
    },
  };
  listen(host, plot, chart, zoomAt);
  plot.over.addEventListener('click', () => {
    const found = pointedAt(plot, lanes);
    if (found) events.onPick(found.lane, found.span);
  });
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: plot.height })).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
  return chart;
}

/** Says what is in view. */
function seen({ scales }: uPlot, end: number, { onView }: ChartEvents): void {
  const { min = 0, max = end } = scales['x']!;
  onView([min, max], min <= 0 && max >= end);
}

/** The wheel zooms only where the chart has the focus, so that it does not hold up a reader who scrolls by. */
function listen(
  host: HTMLElement,
  plot: uPlot,
  chart: Chart,
  zoomAt: (at: number, factor: number) => void,
): void {
  host.addEventListener(
    'wheel',
    (event) => {
      if (!host.contains(document.activeElement)) return;
      event.preventDefault();
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        chart.pan((event.deltaX || event.deltaY) / 1000);
      else zoomAt(plot.posToVal(plot.cursor.left ?? 0, 'x'), event.deltaY > 0 ? 1.25 : 0.8);
    },
    { passive: false },
  );
  const keys: Record<string, () => void> = {
    '+': () => chart.zoom(0.5),
    '=': () => chart.zoom(0.5),
    '-': () => chart.zoom(2),
    ArrowLeft: () => chart.pan(-0.2),
    ArrowRight: () => chart.pan(0.2),
    Home: () => chart.show(undefined),
  };
  host.addEventListener('keydown', (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** The span under the pointer, or the nearest one in its lane. */
function pointedAt(plot: uPlot, lanes: readonly Lane[]): { lane: Lane; span: Span } | undefined {
  const { left = -1, top = -1 } = plot.cursor;
  const lane = lanes[Math.floor(top / laneHeight)];
  if (left < 0 || top < 0 || !lane) return undefined;
  const us = plot.posToVal(left, 'x') * 1e6;
  const within = (plot.posToVal(left + reach, 'x') - plot.posToVal(left, 'x')) * 1e6;
  const away = ([at, lasted]: Span): number => Math.max(at - us, us - at - lasted, 0);
  let best: Span | undefined;
  for (const span of lane.spans) {
    if (span[0] - us > within) break;
    if (away(span) <= within && (!best || away(span) <= away(best))) best = span;
  }
  return best && { lane, span: best };
}

function showTip(plot: uPlot, lanes: readonly Lane[], tip: HTMLElement): void {
  const found = pointedAt(plot, lanes);
  tip.hidden = !found;
  if (!found) return;
  const [at, lasted, line, text] = found.span;
  tip.textContent = `${seconds(at)} s${lasted > 0 ? `, for ${duration(lasted / 1000)}` : ''} · line ${line}\n${text.slice(0, 600)}`;
  const left = labelWidth + (plot.cursor.left ?? 0);
  tip.style.left = `${Math.min(left + 12, Math.max(0, plot.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${(plot.cursor.top ?? 0) + 24}px`;
}
