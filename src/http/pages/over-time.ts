import { type Html, html, inGroups } from '../../report/index.ts';
import type { OverTimeAnswer } from './answers.ts';
import { tableOf, timeOf } from './parts.ts';

const periods = { hour: 'last hour', day: 'last day', week: 'last week' } as const;

/** What is drawn, and which of the drawings it stands in. */
const lines = [
  { name: 'Sent', of: 'sent', drawing: 'ends' },
  { name: 'Failed', of: 'failed', drawing: 'ends' },
  { name: 'Dead letters', of: 'deadLettered', drawing: 'ends' },
  { name: 'Waiting at its end', of: 'backlog', drawing: 'backlog' },
] as const;

const drawings = {
  ends: 'Sent, failed for the first time, and given up',
  backlog: 'Waiting: requested, and at no end yet',
} as const;

/**
 * How it went. The script draws what stands in the table, which is there for everybody else; it alone is brought up to date,
 * so that who has opened it or points at the drawing is not disturbed.
 */
export const overTimeSection = (period: string, answer: OverTimeAnswer): Html =>
  html`<section id="over-time" aria-labelledby="over-time-heading"><h2 id="over-time-heading">Over time</h2>
<p class="choices">${Object.entries(periods).map(([name, words]) => (name === period ? html`<a href="/dashboard?period=${name}" aria-current="true">${words}</a>\n` : html`<a href="/dashboard?period=${name}">${words}</a>\n`))}</p>
<div class="plots" data-plots="/assets/uplot.js" data-scripted hidden>${Object.entries(drawings).map(([name, words]) => html`<figure><figcaption>${words}</figcaption><div class="plot" role="img" aria-label="${words}: the same as in the table below" data-plot="over-time-figures" data-drawing="${name}"></div></figure>\n`)}</div>
<details><summary>The same as a table</summary>
<div id="over-time-figures" data-live>${tableOver(answer)}</div></details>
</section>
`;

const tableOver = ({ slots, slotSeconds }: OverTimeAnswer): Html =>
  tableOf({
    caption: `What was sent, failed and waited, each ${slotSeconds / 60} min`,
    heading: ['Since', ...lines.map(({ name }) => name)],
    rows: slots.map((slot) => [
      timeOf(slot.since),
      ...lines.map(
        ({ of, drawing }) =>
          html`<data value="${slot[of]}" data-drawing="${drawing}">${inGroups(slot[of])}</data>`,
      ),
    ]),
    none: 'There is nothing to show.',
  });
