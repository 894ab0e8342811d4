import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { openApiOf } from './open-api.ts';
import { type Answer, type Operation, operation } from './operation.ts';

/** What the page reads of the API's document. */
interface Documented {
  readonly tags: readonly string[];
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: unknown;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: unknown }>>;
type Paths = Readonly<Record<string, Readonly<Record<string, Documented>>>>;
interface Listed extends Documented {
  readonly method: string;
  readonly path: string;
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:auto;padding:1rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{overflow:auto;background:#f4f4f4;padding:.5rem}
h3{margin-bottom:0}summary{cursor:pointer}table{border-collapse:collapse}td{padding:.1rem 1rem .1rem 0;vertical-align:top}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}pre{background:#222}}`;

const csp = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /docs`: the document for people, whole in one page; it loads nothing. */
export const docsPage = (all: () => readonly Operation[]): Operation =>
  operation({
    method: 'get',
    path: '/docs',
    id: 'docs',
    tag: 'about',
    summary: 'All of this for people, in a page that needs no network',
    isPublic: true,
    answers: { 200: { description: 'The page', mediaType: 'text/html' } },
    handle: () => page(openApiOf(all()).paths as Paths),
  });

async function page(paths: Paths): Promise<Answer> {
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]): Listed => ({ ...documented, method, path })),
  );
  const tags = [...new Set(listed.map(({ tags: [tag = ''] }) => tag))];
  const body = await html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The shop’s API</title>
<style>${raw(style)}</style></head>
<body>
<h1>The shop’s API</h1>
<p>What a program reads: <a href="/openapi.json">OpenAPI</a>, and <a href="/asyncapi.json">AsyncAPI</a> for the events.</p>
<nav><ul>${tags.map((tag) => html`<li><a href="#${idOf(tag)}">${tag}</a></li>`)}</ul></nav>
<main>${tags.map((tag) =>
    section(
      tag,
      listed.filter(({ tags: [own] }) => own === tag),
    ),
  )}</main>
</body></html>
`;
  const headers = { 'content-security-policy': csp };
  return { status: 200, body: String(body), mediaType: 'text/html; charset=utf-8', headers };
}

const section = (tag: string, operations: readonly Listed[]) => html`
<section><h2 id="${idOf(tag)}">${tag}</h2>${operations.map(article)}</section>`;

const article = ({ method, path, operationId, summary, parameters, requestBody, responses }: Listed) => html`
<article id="${operationId}">
<h3><code>${method.toUpperCase()} ${path}</code></h3>
<p>${summary}.</p>
${parameters.length === 0 ? '' : html`<table>${parameters.map(parameter)}</table>`}
${requestBody ? Object.entries(requestBody.content).map(([type, { schema }]) => schemaOf(`Body: ${type}`, schema)) : ''}
${Object.entries(responses).map(
  ([status, { description, content = {} }]) =>
    html`<p><code>${status}</code> ${description}</p>${
      status < '300' ? Object.entries(content).map(([type, { schema }]) => schemaOf(type, schema)) : ''
    }`,
)}
</article>`;

const parameter = ({
  name,
  in: where,
  required,
  description = '',
  schema,
}: Documented['parameters'][number]) =>
  html`<tr><td><code>${name}</code></td><td>${where}${required ? ', needed' : ''}</td><td>${description}
<code>${JSON.stringify(schema)}</code></td></tr>`;

const schemaOf = (title: string, schema: unknown) =>
  html`<details><summary>${title}</summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>`;

const idOf = (tag: string): string => tag.replaceAll(' ', '-');
