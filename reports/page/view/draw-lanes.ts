import type uPlot from 'uplot';

import type { Lane, Span } from './page-data.ts';

/** The index of the first span that can be in view: lanes are in order of their starts, and spans do not overlap much. */
function firstInView(spans: readonly Span[], us: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]![0] < us) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The page's colours by name, each looked up once: a browser takes long for it. */
function coloursOf(style: CSSStyleDeclaration): (name: string) => string {
  const found = new Map<string, string>();
  return (name) => {
    let value = found.get(name);
    if (value === undefined) found.set(name, (value = style.getPropertyValue(`--${name}`).trim()));
    return value;
  };
}

/** Draws what is in view; where many spans share a pixel, one of them. */
export function drawLanes(plot: uPlot, lanes: readonly Lane[], style: CSSStyleDeclaration): void {
  const { ctx, bbox } = plot;
  const colour = coloursOf(style);
  const height = bbox.height / lanes.length;
  const [min, max] = [plot.scales['x']!.min! * 1e6, plot.scales['x']!.max! * 1e6];
  const x = (us: number): number => bbox.left + ((us - min) / (max - min)) * bbox.width;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = `${Math.round(11 * devicePixelRatio)}px ui-monospace, monospace`;
  ctx.textBaseline = 'middle';
  // The axes, which are drawn before, leave it in the middle.
  ctx.textAlign = 'left';
  for (const [index, { name, spans }] of lanes.entries()) {
    const top = bbox.top + index * height;
    let drawnTo = -Infinity;
    let labelledTo = -Infinity;
    for (let at = firstInView(spans, min); at < spans.length && spans[at]![0] <= max; at++) {
      const [start, lasted, , text, tag] = spans[at]!;
      const [left, right] = [x(start), Math.max(x(start + lasted), x(start) + devicePixelRatio)];
      if (right <= drawnTo + 0.5) continue;
      ctx.fillStyle = colour(tag ?? name.replace('.', '-'));
      ctx.fillRect(left, top + height * 0.15, right - left, height * 0.7);
      drawnTo = right;
      const [from, to] = [Math.max(left, bbox.left, labelledTo), Math.min(right, bbox.left + bbox.width)];
      if (label(ctx, text, from, to, top + height / 2, colour('on-span'))) labelledTo = to;
    }
  }
  ctx.restore();
}

/** Writes as much of the text as fits into its span; returns whether any did. */
function label(
  ctx: CanvasRenderingContext2D,
  text: string,
  left: number,
  right: number,
  middle: number,
  colour: string,
): boolean {
  const letter = 7 * devicePixelRatio;
  const fits = Math.floor((right - left - letter) / letter);
  if (fits < 3) return false;
  ctx.fillStyle = colour;
  ctx.fillText(text.length > fits ? `${text.slice(0, fits - 1)}…` : text, left + letter / 2, middle);
  return true;
}
