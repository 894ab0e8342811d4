import { type Html, html, nothing } from '../../report/index.ts';
import type { DeadLetterAnswer, DeadLettersAnswer, SuppressionsAnswer } from './answers.ts';
import type { Ask } from './asking.ts';
import { explainLink, inPath } from './links.ts';
import type { Page } from './page.ts';
import { customerOf, liveControls, sectionOf, tableOf, timeOf } from './parts.ts';

/** What was given up, and who is not written to, with what can be done about it. */
export async function deadLetters(ask: Ask): Promise<Page> {
  const [letters, suppressed] = await Promise.all([
    ask<DeadLettersAnswer>('/v1/dead-letters?limit=100'),
    ask<SuppressionsAnswer>('/v1/suppressions?limit=100'),
  ]);
  return {
    title: 'Dead letters',
    lead: 'What was given up after all attempts, and which addresses are not written to any more.',
    at: '/dead-letters',
    content: html`<noscript><p class="muted">The buttons need JavaScript. <code>npm run dead-letters</code> does the same.</p></noscript>
${liveControls()}
<p class="came" role="status" tabindex="-1" data-outcome></p>
${sectionOf({ id: 'letters', heading: 'Given up', isLive: true }, lettersOf(letters))}
${sectionOf({ id: 'suppressions', heading: 'Suppressed addresses', isLive: true }, suppressionsOf(suppressed))}`,
  };
}

const lettersOf = ({ deadLetters: letters, hasMore }: DeadLettersAnswer): Html =>
  html`${
    hasMore ? html`<p class="muted">The oldest ${letters.length}; there are more.</p>` : nothing
  }${tableOf({
    caption: 'Dead letters',
    heading: ['What', 'Do', 'Where', 'Reason', 'In the provider’s words', 'Attempts', 'Last failed'],
    rows: letters.map((letter) => [
      whatOf(letter),
      buttonsOf(letter),
      letter.where,
      letter.reason,
      letter.error === null ? '–' : `${letter.error.code}: ${letter.error.message}`,
      String(letter.attempts),
      timeOf(letter.lastFailedAt),
    ]),
    none: 'Nothing was given up.',
  })}`;

const whatOf = ({ id, kind, what, customerId }: DeadLetterAnswer): Html =>
  html`${what}${
    customerId === undefined ? nothing : html` to ${customerOf(customerId, `, for ${id}`)}`
  }<br><small>${kind === 'delivery' ? html`<a href="${explainLink(id)}">${id}</a>` : id}</small>`;

/** Of a delivery the script can tell what became of it: its notification knows. */
function buttonsOf({ id, where, notificationId = '' }: DeadLetterAnswer): Html {
  const button = (name: string, path: string) => html`<button type="button" data-do="${path}" data-id="${id}"
data-notification="${notificationId}" data-channel="${where}" aria-label="${name} ${id}">${name}</button>\n`;
  const path = `/v1/dead-letters/${inPath(id)}`;
  return html`<span class="buttons" data-scripted hidden>${button('Re-drive', `${path}/redrive`)}${button('Discard', `${path}/discard`)}</span>`;
}

const suppressionsOf = ({ suppressions, hasMore }: SuppressionsAnswer): Html =>
  html`${
    hasMore ? html`<p class="muted">The first ${suppressions.length}; there are more.</p>` : nothing
  }${tableOf({
    caption: 'Suppressed addresses',
    heading: ['Address', 'Do', 'Reason', 'Since', 'Note'],
    rows: suppressions.map(({ address, reason, since, note = '' }) => [
      address,
      html`<span class="buttons" data-scripted hidden><button type="button" data-do="/v1/suppressions/lift"
data-address="${address}" data-id="${address}" aria-label="Lift ${address}">Lift</button></span>`,
      reason,
      timeOf(since),
      note,
    ]),
    none: 'Every address may be written to.',
  })}`;
