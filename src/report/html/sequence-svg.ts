import type { PathStep } from '../diagram.ts';
import { type Html, html } from './html.ts';
import { type Arrow, type Head, layOut, lineHeight, loopWidth } from './sequence-layout.ts';

interface Labelled {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
}

/** A path as a drawing, with its steps in words for those who do not see it. */
export function sequenceSvg(steps: readonly PathStep[], { id, title }: Labelled): Html {
  const { width, height, heads, arrows, headHeight } = layOut(steps);
  const words = steps.map((step) => `${step.from} to ${step.to}: ${wordsOf(step)}`).join('; ');
  return html`<svg class="sequence" role="img" aria-labelledby="${id}-title ${id}-desc"
viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="--natural:${width}px">
<title id="${id}-title">${title}</title>
<desc id="${id}-desc">${words}.</desc>
${heads.map((head) => drawHead(head, { top: headHeight, bottom: height }))}
${arrows.map(drawArrow)}
</svg>`;
}

/** `call shipOrder`, `write deliveries, 3 times` */
export const wordsOf = ({ kind, name, times }: PathStep): string =>
  `${kind} ${name}${times === 1 ? '' : `, ${times} times`}`;

function drawHead(
  { lines, x, width }: Head,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): Html {
  const firstY = (top - lines.length * lineHeight) / 2 + lineHeight - 4;
  return html`<g class="who"><path class="life" d="M${px(x)} ${top}V${bottom}"/>
<rect x="${px(x - width / 2)}" y="1" width="${px(width)}" height="${top - 2}" rx="5"/>
${lines.map((line, index) => html`<text x="${px(x)}" y="${px(firstY + index * lineHeight)}">${line}</text>`)}</g>
`;
}

function drawArrow({ kind, caption, fromX, toX, y }: Arrow): Html {
  if (fromX === toX)
    return html`<g class="${kind}"><path class="line" d="M${px(fromX)} ${y - 8}h${loopWidth}v16h-${loopWidth}"/>
<path class="head" d="${headAt(toX, y + 8, -1)}"/>
<text class="aside" x="${px(fromX + loopWidth + 6)}" y="${y + 4}">${caption}</text></g>
`;
  const direction = Math.sign(toX - fromX);
  return html`<g class="${kind}"><path class="line" d="M${px(fromX)} ${y}H${px(toX - direction)}"/>
<path class="head" d="${headAt(toX, y, direction)}"/>
<text x="${px((fromX + toX) / 2)}" y="${y - 7}">${caption}</text></g>
`;
}

/** An arrow's head whose tip is at `x`. */
const headAt = (x: number, y: number, direction: number): string =>
  `M${px(x - 9 * direction)} ${y - 4.5}L${px(x)} ${y}L${px(x - 9 * direction)} ${y + 4.5}`;

/** To a tenth of a pixel. */
const px = (value: number): number => Math.round(value * 10) / 10;

/** What the arrows look like, with their names. */
export function arrowKey(): Html {
  const kinds: readonly [PathStep['kind'], string][] = [
    ['call', 'call'],
    ['message', 'message on the bus'],
    ['read', 'read of a table'],
    ['write', 'write to a table'],
    ['send', 'hand-over to a provider'],
  ];
  const sample = (kind: PathStep['kind']): Html => html`<svg class="sequence sample" aria-hidden="true"
viewBox="0 0 44 12" width="44" height="12"><g class="${kind}"><path class="line" d="M1 6H42"/>
<path class="head" d="${headAt(43, 6, 1)}"/></g></svg>`;
  return html`<ul class="key">${kinds.map(([kind, words]) => html`<li>${sample(kind)} ${words}</li>`)}</ul>`;
}
