import { AppError } from '../kernel/index.ts';

export interface TemplateKey {
  readonly type: string;
  readonly family: string;
  readonly language: string;
}

/** No template file for a notification on a channel family, not even in English. */
export class MissingTemplateError extends AppError {
  readonly code = 'missing_template';
  readonly template: TemplateKey;

  constructor(template: TemplateKey) {
    super({
      message: `there is no template ${nameOf(template)}`,
      help: `Add the file ${template.type}/${template.family}.en.liquid to the templates.`,
    });
    this.template = template;
  }
}

/** A template file that cannot be used: no section `text`, a line outside every section, bad Liquid. */
export class InvalidTemplateError extends AppError {
  readonly code = 'invalid_template';
  readonly template: TemplateKey;

  constructor(template: TemplateKey, complaint: string, cause?: unknown) {
    super({
      message: `the template ${nameOf(template)} is broken: ${complaint}`,
      help: 'Mend the file; every section begins with a line such as "=== text ===".',
      cause,
    });
    this.template = template;
  }
}

/** A variable that a template uses was not given, or is null, or is nothing that can be printed. */
export class MissingVariableError extends AppError {
  readonly code = 'missing_variable';
  readonly template: TemplateKey;
  readonly section: string;
  readonly variable: string;

  constructor({ template, section }: SectionKey, variable: string) {
    super({
      message: `the template ${nameOf(template)} needs "${variable}" for its ${section}`,
      help: 'Give the notification every variable of its templates; links to an order are made of orderId.',
    });
    this.template = template;
    this.section = section;
    this.variable = variable;
  }
}

export interface SectionKey {
  readonly template: TemplateKey;
  readonly section: string;
}

export const nameOf = ({ type, family, language }: TemplateKey): string => `${type}/${family}.${language}`;
