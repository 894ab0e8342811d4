import {
  type Attachment,
  defaultMaxAttachmentBytes,
  hasAttachments,
  makeAttachments,
} from './attachments.ts';
import { inAnSms, inOneLine } from './plain-text.ts';
import { MissingTemplateError, type TemplateKey } from './template-errors.ts';
import { familiesIn, readTemplate } from './template-file.ts';
import { compileSection, type RenderSection } from './template-section.ts';
import { formatLocale, templateVariables } from './template-variables.ts';

/**
 * Section → text: `subject`, `text` and `html` of an email; `text` of an SMS; `subject`, `text` and `link` of
 * a push. Every one has `text`.
 */
export type Content = Readonly<Record<string, string>> & { readonly text: string };

export interface RenderRequest {
  type: string;
  /** The kind of channel that templates are written for: `email`, `sms`, `push`. */
  family: string;
  /** BCP 47. Its language decides, `de-AT` is German; one that has no template is sent in English. */
  locale: string;
  customerName: string;
  /** The notification's, as its catalogue entry has them. */
  variables: object;
}

export interface AttachmentRequest extends RenderRequest {
  /** When its cause happened: milliseconds since the epoch. */
  occurredAtMs: number;
  /** IANA, the customer's. */
  timeZone: string;
}

export interface Templates {
  /** Every kind of channel that anything is written for. Left out: nobody knows before it is needed. */
  readonly families?: ReadonlySet<string>;
  /**
   * Values are escaped in `html` and nowhere else, and hold no character that is obeyed rather than read; a `subject`
   * is always a single line. Amounts are written as the language of the template has them.
   * @throws {MissingTemplateError} no such notification on such a channel.
   * @throws {MissingVariableError} rather than leave a hole in a customer's message.
   * @throws {InvalidTemplateError} a template file is broken; not before it is needed.
   */
  render(request: RenderRequest): Content;
  /**
   * What goes with it: only with some emails. In the language of the template, and with amounts as there; the same
   * request gives the same bytes. Left out: nothing ever does.
   * @throws {AttachmentError} rather than send a message without what it says is attached.
   */
  attachments?(request: AttachmentRequest): readonly Attachment[];
}

export interface TemplatesOptions {
  /** With a slash at its end. Default: the shop's own templates, `templates/` beside this file. */
  directory?: URL;
  /** How large everything that goes with one email may be together. Default 5,000,000. */
  maxAttachmentBytes?: number;
}

interface Template {
  readonly language: string;
  readonly sections: readonly (readonly [name: string, render: RenderSection])[];
}

/** Templates as Liquid files, `<notification>/<family>.<language>.liquid`, each read once, when first needed. */
export function createTemplates({
  directory = new URL('./templates/', import.meta.url),
  maxAttachmentBytes = defaultMaxAttachmentBytes,
}: TemplatesOptions = {}): Templates {
  // Three levels, because making a key of three texts costs more than looking three of them up.
  const templates = new Map<string, Map<string, Map<string, Template>>>();

  let families: ReadonlySet<string> | undefined;

  function find(type: string, family: string, language: string): Template {
    const known = templates.get(type)?.get(family)?.get(language);
    if (known !== undefined) return known;
    const template = load(directory, { type, family, language });
    const families = templates.get(type) ?? new Map<string, Map<string, Template>>();
    const languages = families.get(family) ?? new Map<string, Template>();
    templates.set(type, families.set(family, languages.set(language, template)));
    return template;
  }

  return {
    get families() {
      families ??= familiesIn(directory);
      return families;
    },
    render({ type, family, locale, customerName, variables }) {
      const { language, sections } = find(type, family, languageOf(locale));
      const given = templateVariables({ type, family, locale, language, customerName, variables });
      const content: Record<string, string> & { text: string } = { text: '' };
      for (const [name, renderSection] of sections) {
        const text = renderSection(given);
        content[name] = name === 'subject' ? inOneLine(text) : family === 'sms' ? inAnSms(text) : text;
      }
      return content;
    },
    attachments({ type, family, locale, ...request }) {
      if (family !== 'email' || !hasAttachments(type)) return [];
      const { language } = find(type, family, languageOf(locale));
      const formats = formatLocale({ locale, language });
      return makeAttachments(type, { ...request, language, formats }, maxAttachmentBytes);
    },
  };
}

function load(directory: URL, key: TemplateKey): Template {
  // Names become paths: they must not lead out of the directory.
  const isPlainName = [key.type, key.family].every((name) => /^[a-z0-9-]+$/.test(name));
  const english = { ...key, language: 'en' };
  for (const candidate of isPlainName ? [key, english] : []) {
    const source = readTemplate(directory, candidate);
    if (source === undefined) continue;
    const sections = [...source].map(([section, liquid]) => {
      return [section, compileSection({ template: candidate, section, source: liquid })] as const;
    });
    return { language: candidate.language, sections };
  }
  throw new MissingTemplateError(key);
}

const languageOf = (locale: string): string =>
  /^[a-z]{2,3}(?![a-z0-9])/i.exec(locale)?.[0].toLowerCase() ?? 'en';
