import { type Html, html } from '../../report/index.ts';
import { type FlowStep, lanesOf } from './flow-steps.ts';

const timeWidth = 100;
const laneWidth = 190;
const headHeight = 34;
const rowHeight = 40;
/** Longer names are cut: the list has them whole. */
const longestName = 25;
/** What is held stands beside an empty lane. */
const longestHeld = 40;

/** A flow as a drawing. All that it says stands in the list beside it. */
export function sequenceOf(steps: readonly FlowStep[], title: string): Html {
  const lanes = lanesOf(steps);
  const width = timeWidth + lanes.length * laneWidth;
  const height = headHeight + steps.length * rowHeight + 16;
  const middleOf = (lane: string): number => timeWidth + (lanes.indexOf(lane) + 0.5) * laneWidth;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Drawing of the flow">
<svg class="sequence" role="img" aria-labelledby="sequence-title" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title id="sequence-title">${title}: the list says the same in words</title>
${lanes.map((lane) => laneAt(lane, middleOf(lane), height))}
${steps.map((step, index) => rowOf(step, { fromX: middleOf(step.from), toX: middleOf(step.to), y: headHeight + index * rowHeight + 30 }))}
</svg></div>`;
}

const laneAt = (lane: string, x: number, height: number): Html => html`<g class="lane">
<path d="M${x} ${headHeight - 6}V${height}"/>
<rect x="${x - 70}" y="2" width="140" height="${headHeight - 8}" rx="5"/>
<text x="${x}" y="${headHeight - 13}">${shortened(lane, 18)}</text></g>
`;

function rowOf(
  { time, kind, caption }: FlowStep,
  { fromX, toX, y }: { fromX: number; toX: number; y: number },
): Html {
  const isLoop = fromX === toX;
  const direction = toX < fromX ? -1 : 1;
  const line = isLoop ? `M${fromX} ${y - 7}h22v14h-16` : `M${fromX} ${y}H${toX - direction * 6}`;
  const [tipX, tipY, towards] = isLoop ? [fromX + 1, y + 7, -1] : [toX, y, direction];
  const head = `M${tipX - 8 * towards} ${tipY - 4}L${tipX} ${tipY}L${tipX - 8 * towards} ${tipY + 4}z`;
  const text = isLoop
    ? html`<text class="aside" x="${fromX + 28}" y="${y + 4}">${shortened(caption, longestHeld)}</text>`
    : html`<text x="${(fromX + toX) / 2}" y="${y - 7}">${shortened(caption, longestName)}</text>`;
  return html`<g class="${kind}"><text class="time" x="4" y="${y + 4}">${time.slice(11, 23)}</text>
<path class="line" d="${line}"/><path class="head" d="${head}"/>${text}</g>
`;
}

const shortened = (text: string, most: number): string => {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
};
