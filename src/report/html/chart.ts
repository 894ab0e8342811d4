import type { Axis, Chart, Measured, Point } from '../document.ts';
import { inGroups } from '../numbers.ts';
import { type Html, html } from './html.ts';

const [width, height] = [640, 360];
const frame = { left: 64, right: width - 28, top: 16, bottom: height - 48 };
const radius = { least: 5, most: 12 };
/** What is nothing stands where a logarithm ends. */
const leastAcross = 0.1;

/** A chart as a drawing: across by its logarithm, since times differ by orders of magnitude; and its points in words. */
export function chartOf({ caption, across, up, points }: Chart, id: string): Html {
  const x = acrossScale(points);
  const y = upScale(points);
  const words = points.map((point) => `${point.name}: ${wordsOf(point, across, up)}`).join('; ');
  return html`<figure class="chart">
<svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title id="${id}-title">${caption}</title>
<desc id="${id}-desc">${words}.</desc>
<path class="axis" d="M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}"/>
${x.ticks.map((at) => html`<text x="${px(x.of(at))}" y="${frame.bottom + 18}">${inGroups(at)}</text>`)}
${y.ticks.map((at) => html`<text class="up" x="${frame.left - 8}" y="${px(y.of(at) + 4)}">${inGroups(Math.round(at))}</text>`)}
<text x="${(frame.left + frame.right) / 2}" y="${height - 8}">${across.name}, ${across.unit}</text>
<text transform="translate(16 ${(frame.top + frame.bottom) / 2}) rotate(-90)">${up.name}, ${up.unit}</text>
${points.map((point, index) => drawPoint(point, index + 1, x.of, y.of))}</svg>
<figcaption><ol>${points.map((point) => html`<li><b>${point.name}</b>: ${wordsOf(point, across, up)}</li>\n`)}</ol></figcaption>
</figure>
`;
}

const wordsOf = (point: Point, across: Axis, up: Axis): string =>
  `${figureOf(point.up)} ${up.unit}, ${figureOf(point.across)} ${across.unit}, ${point.words}`;

const figureOf = ({ at, least, most }: Measured): string =>
  `${inGroups(at)} (${inGroups(least)}–${inGroups(most)})`;

interface Scale {
  readonly ticks: readonly number[];
  of(figure: number): number;
}

/** In powers of ten. */
function acrossScale(points: readonly Point[]): Scale {
  const log = (figure: number): number => Math.log10(Math.max(figure, leastAcross));
  const least = Math.floor(Math.min(...points.map(({ across }) => log(across.least))));
  const most = Math.max(least + 1, Math.ceil(Math.max(...points.map(({ across }) => log(across.most)))));
  return {
    ticks: Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index)),
    of: (figure) => frame.left + ((log(figure) - least) / (most - least)) * (frame.right - frame.left),
  };
}

/** From nothing to the most, in quarters. */
function upScale(points: readonly Point[]): Scale {
  const most = Math.max(1, ...points.map(({ up }) => up.most));
  return {
    ticks: [0, 0.25, 0.5, 0.75, 1].map((share) => share * most),
    of: (figure) => frame.bottom - (figure / most) * (frame.bottom - frame.top),
  };
}

/** With lines from the least to the most of both. */
function drawPoint({ across, up, size }: Point, number: number, xOf: Scale['of'], yOf: Scale['of']): Html {
  const [x, y] = [px(xOf(across.at)), px(yOf(up.at))];
  const r = px(radius.least + size * (radius.most - radius.least));
  return html`<g class="point"><path d="M${px(xOf(across.least))} ${y}H${px(xOf(across.most))}M${x} ${px(yOf(up.least))}V${px(yOf(up.most))}"/>
<circle cx="${x}" cy="${y}" r="${r}"/><text x="${x}" y="${px(y - r - 3)}">${number}</text></g>
`;
}

/** To a tenth of a pixel. */
const px = (value: number): number => Math.round(value * 10) / 10;
