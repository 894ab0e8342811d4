/** Of a page: it runs, loads and asks what is ours, and nobody frames it. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const htmlResponse = (
  text: string,
  { status, policy }: { status: number; policy: string },
): Response =>
  new Response(text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      // Of a page that names no referrer a browser does not say either that a form is sent from it.
      'referrer-policy': 'same-origin',
    },
  });

/** A page of ours: it runs what is ours, and nothing that stands in it. */
export const pageResponse = (text: string): Response =>
  htmlResponse(text, { status: 200, policy: pagePolicy });

/**
 * Of a document with a style of its own and nothing more, such as a mail, which somebody else has written: it is shown in a
 * frame of ours, and can do no more where it is opened by itself.
 */
const framedPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ');

export const framedResponse = (text: string): Response =>
  htmlResponse(text, { status: 200, policy: framedPolicy });
