import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createTemplates,
  InvalidTemplateError,
  MissingTemplateError,
} from '../../src/notifications/index.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a template and renders it. */
function render(source: string, frame?: string) {
  write('hello/note.en.liquid', source);
  if (frame !== undefined) write('frame/note.en.liquid', frame);
  const templates = createTemplates({ directory: pathToFileURL(`${folder}/`) });
  return templates.render({
    type: 'hello',
    family: 'note',
    locale: 'en',
    customerName: 'Anna',
    variables: {},
  });
}

function write(path: string, source: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), source);
}

it('a template of one’s own is a file of sections', () => {
  const content = render('=== title ===\nNews\n\n=== text ===\n\nHello {{ customerName }}\n\n');
  expect(content).toEqual({ title: 'News', text: 'Hello Anna' });
});

it('a file that was saved with Windows line ends is the same', () => {
  expect(render('=== text ===\r\none\r\ntwo\r\n')).toEqual({ text: 'one\ntwo' });
});

it('a frame surrounds the sections that it has, and adds none', () => {
  const frame = '=== text ===\nDear {{ customerName }}, {{ body }}!\n=== html ===\n<p>{{ body }}</p>';
  expect(render("=== text ===\n$& $1 $'\n=== title ===\nNews", frame)).toEqual({
    text: "Dear Anna, $& $1 $'!",
    title: 'News',
  });
});

it.each([
  ['no section text', '=== html ===\n<p>Hello</p>'],
  ['text outside every section', 'Hello\n=== text ===\nHello'],
  ['a tag that is not closed', '=== text ===\n{% if a %}'],
  ['an unknown filter', '=== text ===\n{{ customerName | shout }}'],
  ['an output that is not closed', '=== text ===\n{{ customerName'],
])('a template with %s is broken, and the error says which', (_, source) => {
  expect(() => render(source)).toThrow(InvalidTemplateError);
  expect(() => render(source)).toThrow('hello/note.en');
});

it('a file that cannot be read is no missing file', () => {
  mkdirSync(join(folder, 'hello/note.en.liquid'), { recursive: true });
  const templates = createTemplates({ directory: pathToFileURL(`${folder}/`) });
  const request = { type: 'hello', family: 'note', locale: 'en', customerName: 'Anna', variables: {} };
  expect(() => templates.render(request)).toThrow(InvalidTemplateError);
});

it.each([
  ['welcome', 'sms'],
  ['welcome', 'constructor'],
  ['no-such', 'email'],
  ['../templates/welcome', 'email'],
  ['frame/../welcome', 'email'],
  ['', 'email'],
  ['__proto__', 'email'],
])('there is no template %s by %s, and the error says which file to add', (type, family) => {
  const render = () =>
    createTemplates().render({ type, family, locale: 'de', customerName: 'Anna', variables: {} });
  expect(render).toThrow(MissingTemplateError);
  expect(render).toThrow(
    expect.objectContaining({ code: 'missing_template', help: expect.stringContaining('.en.liquid') }),
  );
});
