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
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  });

/** A page of ours: it runs what is ours, and nothing that stands in it. */
export const pageResponse = (text: string): Response =>
  htmlResponse(text, { status: 200, policy: pagePolicy });
