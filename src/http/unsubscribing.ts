import { html } from 'hono/html';
import { z } from 'zod';
import { shop as brand, readUnsubscribeToken, type Unsubscription } from '../notifications/index.ts';
import { unsubscribe } from '../operations/unsubscribe/index.ts';
import { type Answer, formType, type Operation, operation } from './operation.ts';
import { HttpError } from './problem.ts';
import type { Served } from './served.ts';

const path = '/unsubscribe';
const link = z.strictObject({ token: z.string().min(1).max(2000) });

/** What mails are about, as their readers say it. */
const words: Readonly<Record<string, string>> = { price_alerts: 'price alerts' };

/**
 * The link in mails (RFC 8058). Scanners of mails follow links, so that GET only asks; mail programs and the button of its
 * page POST.
 */
export const unsubscribing: readonly Operation[] = [
  operation({
    method: 'get',
    path,
    id: 'askToUnsubscribe',
    tag: 'unsubscribing',
    summary: 'A page with a button that ends the mails a link is about; it changes nothing',
    isPublic: true,
    query: link,
    answers: { 200: { description: 'The page', mediaType: 'text/html' } },
    problems: { 400: ['invalid_unsubscribe_link'] },
    async handle({ query: { token } }, { unsubscribeSecrets }) {
      const said = readUnsubscribeToken(token, unsubscribeSecrets);
      if (said === undefined) throw invalidLink();
      return page(`Stop ${inWords(said)}?`, button(said));
    },
  }),
  operation({
    method: 'post',
    path,
    id: 'unsubscribeByLink',
    tag: 'unsubscribing',
    summary: 'End the mails that a link is about, with one click',
    isPublic: true,
    query: link,
    body: z.looseObject({ 'List-Unsubscribe': z.literal('One-Click') }),
    bodyType: formType,
    answers: { 200: { description: 'They have ended; a page says so', mediaType: 'text/html' } },
    problems: { 400: ['invalid_unsubscribe_link'] },
    async handle({ query: { token } }, served) {
      const said = await end(token, served);
      return page(`No more ${inWords(said)}`, '');
    },
  }),
];

function end(token: string, { shop, unsubscribeSecrets: secrets }: Served): Promise<Unsubscription> {
  const { accounts } = shop.services;
  return unsubscribe({ datastore: shop.datastore, accounts, token, secrets });
}

const inWords = ({ category }: Unsubscription): string => words[category] ?? category;

/** To where the page came from: the token is not written out once more. */
const button = (said: Unsubscription) => html`<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button>Stop ${inWords(said)} by mail</button>
</form>`;

async function page(title: string, content: unknown): Promise<Answer> {
  const body = await html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1>
<p>This is about mails from ${brand.name}. Mails about your orders come all the same.</p>
${content}</main></body>
</html>
`;
  return {
    status: 200,
    body: String(body),
    mediaType: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
      // With none, a browser says of the button's POST that it comes from nowhere, and it is refused.
      'referrer-policy': 'same-origin',
    },
  };
}

const invalidLink = (): HttpError =>
  new HttpError(400, 'invalid_unsubscribe_link', {
    message: 'the link is none that this shop has made',
    help: 'It may have been cut off in the mail; the settings of the account do the same.',
  });
