import { type Html, html } from '../../report/index.ts';
import { HttpError } from '../problem.ts';
import type { EventsAnswer, InboxAnswer, ReadinessAnswer } from './answers.ts';
import { type Ask, answerOf } from './asking.ts';
import { refusalOf } from './layout.ts';
import { inPath } from './links.ts';
import { mailsOf, pushesOf, textsOf, webhooksOf } from './messages.ts';
import type { Page } from './page.ts';
import { customerOf } from './parts.ts';

/** Customers are suggested whom so many of the latest events were about. */
const eventsAsked = 500;
const customersShown = 30;

/** What was captured for a customer, as it looks where it arrives; without a customer, whom there is to choose. */
export async function inbox(ask: Ask, customerId: string | undefined): Promise<Page> {
  const customers = await knownCustomers(ask);
  if (customerId === undefined || customerId === '')
    return {
      title: 'Inboxes',
      lead: 'What customers were sent, as it looks where it arrives.',
      at: '/inbox',
      content: chooser(customers, ''),
    };
  const found = await answerOf(ask<InboxAnswer>(`/v1/inboxes/${inPath(customerId)}`));
  return {
    title: `Inbox of ${customerId}`,
    lead: 'Captured, not sent: the latest first. A channel that really sends has its messages with the provider.',
    at: '/inbox',
    content: html`${chooser(customers, customerId)}${found instanceof HttpError ? refusalOf(found) : messagesOf(found, customerId)}`,
    ...(found instanceof HttpError && { status: found.status }),
  };
}

/** Those who were heard of last come first. */
async function knownCustomers(ask: Ask): Promise<string[]> {
  const { messages } = await ask<ReadinessAnswer>('/readyz');
  const cursor = Math.max(0, messages - eventsAsked);
  const { events } = await ask<EventsAnswer>(`/v1/events?cursor=${cursor}&limit=${eventsAsked}`);
  const ids = events
    .flatMap(({ data }) => (data as { customerId?: unknown }).customerId ?? [])
    .map(String)
    .reverse();
  return [...new Set(ids)].slice(0, customersShown);
}

const chooser = (
  customers: readonly string[],
  chosen: string,
): Html => html`<form class="ask" action="/inbox" method="get">
<label for="customer">Customer</label>
<input id="customer" name="customer" value="${chosen}" required placeholder="ada" list="known-customers" autocomplete="off">
<datalist id="known-customers">${customers.map((id) => html`<option value="${id}"></option>`)}</datalist>
<button type="submit">Open the inbox</button>
</form>
${
  customers.length === 0
    ? html`<p class="muted">Nobody has been heard of yet. The sample shop has ada, ben, clara, dev, erin, finn, gina, hana, jana and karl.</p>`
    : html`<nav aria-label="Customers"><ul>${customers.map(
        (id) => html`<li>${customerOf(id, '', { isHere: id === chosen })}</li>\n`,
      )}</ul></nav>`
}`;

function messagesOf({ messages }: InboxAnswer, customerId: string): Html {
  if (messages.length === 0) return html`<p class="muted">There is nothing for this customer.</p>`;
  const latest = [...messages].reverse();
  return html`${mailsOf(
    latest.filter((each) => each.channel === 'email'),
    customerId,
  )}
${textsOf(latest.filter((each) => each.channel === 'sms'))}
${pushesOf(latest.filter((each) => each.channel === 'push'))}
${webhooksOf(latest.filter((each) => each.channel === 'webhook'))}`;
}

/**
 * The HTML of one mail, to be shown in a frame of its own.
 * @throws {HttpError} there is none.
 */
export async function mail(
  ask: Ask,
  { customer, delivery }: { customer: string; delivery: string },
): Promise<string> {
  const { messages } = await ask<InboxAnswer>(`/v1/inboxes/${inPath(customer)}`);
  const found = messages.find(({ channel, deliveryId }) => channel === 'email' && deliveryId === delivery);
  if (found?.channel === 'email') return found.html;
  throw new HttpError(404, 'unknown_mail', {
    message: 'there is no such mail',
    help: 'Only the latest 1,000 are kept, and none that was really sent.',
  });
}
