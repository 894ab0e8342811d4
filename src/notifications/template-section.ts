import { Liquid, UndefinedVariableError } from 'liquidjs';
import { shopVariables } from './shop.ts';
import { InvalidTemplateError, MissingVariableError, type SectionKey } from './template-errors.ts';

export type RenderSection = (variables: Readonly<Record<string, unknown>>) => string;

export interface SectionSource extends SectionKey {
  /** Liquid. In the section `html`, every output is escaped. */
  readonly source: string;
}

/**
 * A section as a function. Liquid takes 7 to 50 µs for one, so a section that is only text and plain
 * outputs (`{{ orderId }}`) is joined without it, to the same text.
 * @throws {InvalidTemplateError} and, when rendered, {MissingVariableError}.
 */
export function compileSection(section: SectionSource): RenderSection {
  return compilePlain(section) ?? compileLiquid(section);
}

/** What Liquid has a meaning of its own for, even as the name of a variable. */
const liquidWords = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank', 'size', 'first', 'last']);

/** Undefined for a section that needs Liquid. */
export function compilePlain(section: SectionSource): RenderSection | undefined {
  // Split by a pattern with one group: texts at even places, names at odd ones.
  const parts = section.source.split(/\{\{ *([A-Za-z_][A-Za-z0-9_]*) *\}\}/);
  const isForLiquid = parts.some((part, at) => (at % 2 === 0 ? /\{[{%]/.test(part) : liquidWords.has(part)));
  if (isForLiquid) return undefined;

  const print = printerFor(section.section);
  const { start, outputs } = joinConstants(parts, print);
  return (variables) => {
    let text = start;
    for (let at = 0; at < outputs.length; at++) {
      const { name, textBehind } = outputs[at] as Output;
      const value = Object.hasOwn(variables, name) ? print(variables[name]) : undefined;
      if (value === undefined) throw new MissingVariableError(section, name);
      text += value + textBehind;
    }
    return text;
  };
}

interface Output {
  readonly name: string;
  textBehind: string;
}

/** The shop's own variables never change, so they become part of the text between the others. */
function joinConstants(
  parts: readonly string[],
  print: Print,
): { start: string; outputs: readonly Output[] } {
  let start = parts[0] ?? '';
  const outputs: Output[] = [];
  for (let at = 1; at < parts.length; at += 2) {
    const name = parts[at] as string;
    const textBehind = parts[at + 1] as string;
    const constant = print((shopVariables as Readonly<Record<string, string>>)[name]);
    const last = outputs.at(-1);
    if (constant === undefined) outputs.push({ name, textBehind });
    else if (last === undefined) start += constant + textBehind;
    else last.textBehind += constant + textBehind;
  }
  return { start, outputs };
}

export function compileLiquid(section: SectionSource): RenderSection {
  const print = printerFor(section.section);
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    outputEscape: (value: unknown) => {
      const text = print(value);
      if (text === undefined) throw new MissingVariableError(section, 'a value in a list');
      return text;
    },
  });
  try {
    const template = engine.parse(section.source);
    return (variables) => renderWith(() => engine.renderSync(template, variables), section);
  } catch (thrown) {
    throw new InvalidTemplateError(section.template, String(thrown), thrown);
  }
}

function renderWith(render: () => string, section: SectionKey): string {
  try {
    return render();
  } catch (thrown) {
    const cause = (thrown as { originalError?: { variableName?: string } }).originalError;
    if (cause instanceof MissingVariableError) throw cause;
    if (thrown instanceof UndefinedVariableError) {
      throw new MissingVariableError(section, cause?.variableName ?? 'a variable');
    }
    throw new InvalidTemplateError(section.template, String(thrown), thrown);
  }
}

/** Undefined for what would leave a hole, or `[object Object]`, in a message. */
type Print = (value: unknown) => string | undefined;

const printText: Print = (value) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

const printHtml: Print = (value) => {
  const text = printText(value);
  return text === undefined ? undefined : escapeHtml(text);
};

const printerFor = (section: string): Print => (section === 'html' ? printHtml : printText);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
