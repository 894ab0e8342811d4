import { type Html, html, nothing, plural } from '../../report/index.ts';
import type { Mail, PushMessage, TextMessage, WebhookCall } from './answers.ts';
import { explainLink, mailLink } from './links.ts';
import { sectionOf, timeOf } from './parts.ts';

/** Of each channel so many are shown. */
const mostShown = 50;

/** A mail is shown in a frame that may run nothing, load nothing and lead nowhere. */
export const mailsOf = (mails: readonly Mail[], customerId: string): Html =>
  channelOf(
    { id: 'mails', heading: 'Mails' },
    mails,
    (mail) => html`<article class="mail">
<h3>${mail.subject}</h3>
<p class="muted">To ${mail.to}, ${timeOf(mail.sentAt)}. ${why(mail.deliveryId)}</p>
<iframe sandbox="" loading="lazy" title="Mail: ${mail.subject}" src="${mailLink(customerId, mail.deliveryId)}"></iframe>
<details><summary>As text</summary><pre>${mail.text}</pre></details>
</article>`,
  );

export const textsOf = (texts: readonly TextMessage[]): Html =>
  channelOf(
    { id: 'texts', heading: 'Texts' },
    texts,
    (each) => html`<article class="phone">
<p class="bubble">${each.text}</p>
<p class="muted">To ${each.to}, ${plural(each.segments, 'segment')}, ${each.encoding}. ${why(each.deliveryId)}</p>
</article>`,
  );

export const pushesOf = (pushes: readonly PushMessage[]): Html =>
  channelOf(
    { id: 'pushes', heading: 'Pushes' },
    pushes,
    (push) => html`<article class="phone">
<div class="bubble"><h3>${push.title}</h3><p>${push.text}</p></div>
<p class="muted">To ${push.to}. ${why(push.deliveryId)}</p>
<details><summary>The payload</summary><pre>${push.payload}</pre></details>
</article>`,
  );

export const webhooksOf = (calls: readonly WebhookCall[]): Html =>
  channelOf(
    { id: 'webhooks', heading: 'Webhooks' },
    calls,
    (call) => html`<article class="call">
<h3>POST ${call.to}</h3>
<dl class="headers">${Object.entries(call.headers).map(
      ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`,
    )}</dl>
<pre>${call.body}</pre>
<p class="muted">${why(call.deliveryId)}</p>
</article>`,
  );

const channelOf = <T>(
  about: { id: string; heading: string },
  messages: readonly T[],
  messageOf: (message: T) => Html,
): Html =>
  messages.length === 0
    ? nothing
    : sectionOf(
        about,
        html`${messages.length > mostShown ? html`<p class="muted">The latest ${mostShown} of ${messages.length}.</p>` : nothing}
<div class="messages">${messages.slice(0, mostShown).map(messageOf)}</div>`,
      );

const why = (deliveryId: string): Html =>
  html`<a href="${explainLink(deliveryId)}" aria-label="Why? ${deliveryId}">Why?</a>`;
