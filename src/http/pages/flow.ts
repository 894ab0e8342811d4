import { type Html, html, nothing } from '../../report/index.ts';
import { HttpError } from '../problem.ts';
import type { EventsAnswer, ExplanationAnswer, ReadinessAnswer } from './answers.ts';
import { type Ask, answerOf } from './asking.ts';
import { eventList } from './dashboard.ts';
import { type FlowStep, stepsOf } from './flow-steps.ts';
import { refusalOf } from './layout.ts';
import { explainLink, inPath } from './links.ts';
import type { Page } from './page.ts';
import { exactTimeOf } from './parts.ts';
import { sequenceOf } from './sequence.ts';

const eventsShown = 50;
const stepsShown = 200;

/** One cause and all that came of it, as a list and as a drawing; without one, which there are to choose. */
export async function flow(ask: Ask, correlationId = ''): Promise<Page> {
  const usual = {
    title: correlationId === '' ? 'Flows' : `Flow ${correlationId}`,
    lead: 'One cause, and everything that came of it, in the order of time.',
    at: '/flow',
  };
  const form = chooser(correlationId);
  if (correlationId === '') return { ...usual, content: html`${form}${await latest(ask)}` };
  const about = new URLSearchParams({ correlationId, limit: String(eventsShown) });
  const { events, hasMore } = await ask<EventsAnswer>(`/v1/events?${about}`);
  const explained = await Promise.all(
    events.map(({ id }) => answerOf(ask<ExplanationAnswer>(`/v1/explain/${inPath(id)}?limit=100`))),
  );
  const refused = explained.find((each) => each instanceof HttpError);
  const causes = explained.flatMap((each) => (each instanceof HttpError ? [] : each.causes));
  const steps = stepsOf(events, causes);
  const isCut = hasMore || steps.length > stepsShown;
  return {
    ...usual,
    content: html`${form}${refused === undefined ? nothing : refusalOf(refused)}${
      steps.length === 0 ? noSuchFlow : drawn(steps.slice(0, stepsShown), correlationId, isCut)
    }`,
  };
}

const noSuchFlow = html`<p>No event has this correlation id.</p>`;

const chooser = (correlationId: string): Html => html`<form class="ask" action="/flow" method="get">
<label for="correlation">Correlation id</label>
<input id="correlation" name="correlation" value="${correlationId}" required autocomplete="off">
<button type="submit">Show the flow</button>
</form>
`;

async function latest(ask: Ask): Promise<Html> {
  const { messages } = await ask<ReadinessAnswer>('/readyz');
  const asked = new URLSearchParams({
    cursor: String(Math.max(0, messages - eventsShown)),
    limit: String(eventsShown),
  });
  const { events } = await ask<EventsAnswer>(`/v1/events?${asked}`);
  return html`<h2>Latest events</h2>${eventList([...events].reverse())}`;
}

const drawn = (steps: readonly FlowStep[], correlationId: string, isCut: boolean): Html => html`${
  isCut ? html`<p class="muted">Only the first ${steps.length} steps.</p>` : nothing
}
<h2>As a list</h2>
<ol class="steps">${steps.map(stepItem)}</ol>
<h2>As a drawing</h2>
${sequenceOf(steps, `Flow ${correlationId}`)}`;

const stepItem = ({ time, from, to, name, words, id }: FlowStep): Html => html`<li>${exactTimeOf(time)}
${from === to ? from : `${from} → ${to}`}: <a href="${explainLink(id)}">${name}</a>
<p class="muted">${words}</p></li>
`;
