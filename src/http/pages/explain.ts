import { type Html, html, nothing } from '../../report/index.ts';
import { HttpError } from '../problem.ts';
import type { CauseAnswer, ExplanationAnswer, NotificationAnswer } from './answers.ts';
import { type Ask, answerOf } from './asking.ts';
import { refusalOf } from './layout.ts';
import { explainLink, flowLink, inPath } from './links.ts';
import type { Page } from './page.ts';
import { customerOf, stateOf, timeOf } from './parts.ts';

type NotificationTold = CauseAnswer['notifications'][number];
type DeliveryTold = NotificationTold['deliveries'][number];

/** Why a customer was, or was not, told: from each cause to the provider's receipt. */
export async function explainPage(
  ask: Ask,
  { id = '', customer = '' }: { id?: string; customer?: string },
): Promise<Page> {
  const usual = {
    title: id === '' ? 'Explain' : `Why, of ${id}`,
    lead: 'Why was, or was not, a customer told? Ask of an event, order, product, payment, customer, notification or delivery.',
    at: '/explain',
  };
  const form = questionOf(id, customer);
  if (id === '') return { ...usual, content: form };
  const about = customer === '' ? '' : `?${new URLSearchParams({ customerId: customer })}`;
  const found = await answerOf(ask<ExplanationAnswer>(`/v1/explain/${inPath(id)}${about}`));
  if (found instanceof HttpError)
    return { ...usual, status: found.status, content: html`${form}${refusalOf(found)}` };
  const flows = await Promise.all(found.causes.map((cause) => flowOf(ask, cause)));
  return { ...usual, content: html`${form}${treeOf(found, flows)}` };
}

const questionOf = (
  id: string,
  customer: string,
): Html => html`<form class="ask" action="/explain" method="get">
<label for="id">Id</label>
<input id="id" name="id" value="${id}" required placeholder="ord-1004" autocomplete="off">
<label for="about-customer">Customer, if only one is meant</label>
<input id="about-customer" name="customer" value="${customer}" placeholder="ada" autocomplete="off">
<button type="submit">Explain</button>
</form>
`;

/** Where the cause and all that came of it is shown; undefined where nothing came of it. */
async function flowOf(ask: Ask, { notifications: [first] }: CauseAnswer): Promise<string | undefined> {
  if (first === undefined) return undefined;
  const found = await answerOf(ask<NotificationAnswer>(`/v1/notifications/${inPath(first.id)}`));
  return found instanceof HttpError ? undefined : flowLink(found.correlationId);
}

function treeOf(
  { kind, id, causes, omitted, askedStores }: ExplanationAnswer,
  flows: readonly (string | undefined)[],
): Html {
  const earlier =
    omitted === 0 ? nothing : html`<p class="muted">Only the latest; earlier ones left out: ${omitted}.</p>`;
  return html`<h2>The ${kind} ${id}</h2>
${earlier}${
  causes.length === 0
    ? html`<p>Nothing has happened to it that anybody would be told of.</p>`
    : html`<ul class="tree">${causes.map((cause, index) => causeItem(cause, flows[index]))}</ul>`
}
<p class="muted">Asked to answer this: ${askedStores.join(', ')}.</p>`;
}

const causeItem = (
  { event, eventId, time, notifications, omitted, silence }: CauseAnswer,
  flow: string | undefined,
): Html => html`<li><b>${event === null ? 'Not in the event log' : `${event.type} ${event.change}`}</b>
<p class="muted">${timeOf(time)}, event ${eventId}${flow === undefined ? nothing : html`, <a href="${flow}" aria-label="flow of event ${eventId}">flow</a>`}</p>
<ul class="tree">${notifications.map(notificationItem)}${
  omitted === 0 ? nothing : html`<li>and ${omitted} more notifications</li>`
}${silence === null ? nothing : silenceItem(silence)}</ul></li>
`;

const silenceItem = ({ words, reason, remedy }: NonNullable<CauseAnswer['silence']>): Html =>
  html`<li>${reason === null ? words : `No notification, ${reason}: ${words}`}${
    remedy === null ? nothing : html`<p class="muted">There would have been one if ${remedy}.</p>`
  }</li>`;

const notificationItem = ({ id, type, customerId, deliveries }: NotificationTold): Html => html`<li>${type} to
${customerOf(customerId, `, told by ${id}`)}
<p class="muted"><a href="${explainLink(id)}">${id}</a></p>
<ul class="tree">${deliveries.map(deliveryItem)}</ul></li>
`;

const deliveryItem = ({
  channel,
  status,
  verdicts,
  receipt,
  reports,
}: DeliveryTold): Html => html`<li>${channel} ${stateOf(status)}
<ul class="tree">${verdicts.map(verdictItem)}${
  receipt === null ? nothing : html`<li>receipt <code>${receipt}</code></li>`
}${reports.map(
  ({ at, status: reported, words, code }) =>
    html`<li>${timeOf(at)} ${reported}: ${words}${code === null ? '' : ` (${code})`}</li>`,
)}</ul></li>
`;

const verdictItem = ({ at, reason, words, until, remedy }: DeliveryTold['verdicts'][number]): Html =>
  html`<li>${timeOf(at)} <b>${reason}</b>: ${words}${until === null ? nothing : html`, until ${timeOf(until)}`}${
    remedy === null || reason === 'duplicate'
      ? nothing
      : html`<p class="muted">It would have been sent ${until === null ? '' : 'at once '}if ${remedy}.</p>`
  }</li>`;
