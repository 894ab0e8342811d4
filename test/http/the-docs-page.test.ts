import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { operations } from '../../src/http/operations.ts';
import { openServedShop } from './served-shop.ts';

it('names every operation and every code, for anybody', async () => {
  const { ask } = await openServedShop({ token: 'a token that is long enough' });
  const { status, headers, text } = await ask('/docs');

  expect({ status, type: headers.get('content-type') }).toEqual({
    status: 200,
    type: 'text/html; charset=utf-8',
  });
  for (const { method, path, id, problems = {} } of operations) {
    expect(text).toContain(`<article id="${id}">`);
    expect(text).toContain(`${method.toUpperCase()} ${path}</code>`);
    for (const code of Object.values(problems).flat()) expect(text).toContain(code);
  }
});

it('loads nothing, runs nothing, and its style is the one that its policy lets through', async () => {
  const { ask } = await openServedShop();
  const { headers, text } = await ask('/docs');
  const policy = headers.get('content-security-policy') ?? '';
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? [];

  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|script-src|https?:/);
  expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(text).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|https?:\/\//);
});

it('writes what stands in the document as text', async () => {
  const { ask } = await openServedShop();
  const { text } = await ask('/docs');

  expect(text).toContain('&quot;type&quot;: &quot;object&quot;');
  expect(text.match(/<article/g)).toHaveLength(operations.length);
});
