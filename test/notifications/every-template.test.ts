import { describe, expect, it } from 'vitest';
import { createTemplates, MissingVariableError, smsSegments } from '../../src/notifications/index.ts';
import { samples, shippedTemplates, types } from './template-samples.ts';

const templates = createTemplates();
const customerName = 'Anna Keller';
const sectionsOf: Readonly<Record<string, readonly string[]>> = {
  email: ['html', 'subject', 'text'],
  sms: ['text'],
  push: ['link', 'subject', 'text'],
};

describe.each(shippedTemplates)('$type by $family in $locale', ({ type, family, locale }) => {
  const variables: object = samples[type];
  const render = (given: object) =>
    templates.render({ type, family, locale, customerName, variables: given });
  const attached = (given: object) => {
    const when = { occurredAtMs: 0, timeZone: 'UTC' };
    return templates.attachments?.({ type, family, locale, customerName, variables: given, ...when });
  };

  it('renders whole, without a trace of Liquid', () => {
    const content = render(variables);
    expect(Object.keys(content).sort()).toEqual(sectionsOf[family]);
    for (const text of Object.values(content)) {
      expect(text).not.toMatch(/\{\{|\{%|===|undefined|null|NaN|\[object/);
      expect(text).toBe(text.trim());
      expect(text).not.toBe('');
    }
  });

  const hasVariables = Object.keys(variables).length > 0;
  it.runIf(hasVariables)('is an error without any variable that it would show', () => {
    const whole = render(variables);
    for (const [name, value] of Object.entries(variables)) {
      const { [name]: _, ...others } = variables as Record<string, unknown>;
      const isShown =
        JSON.stringify(render({ ...others, [name]: somethingElse(value) })) !== JSON.stringify(whole);
      if (isShown) expect(() => render(others), name).toThrow(MissingVariableError);
      const other = { ...others, [name]: somethingElse(value) };
      const isAttached = JSON.stringify(attached(other)) !== JSON.stringify(attached(variables));
      // An email shows all that there is, or what goes with it does.
      expect(isShown || isAttached || family !== 'email', `${name} is shown`).toBe(true);
    }
  });
});

function somethingElse(value: unknown): unknown {
  if (typeof value === 'string') return value === 'insufficient_funds' ? 'card_expired' : 'other';
  return Array.isArray(value) ? value.slice(1) : { amount: 1, currency: 'EUR' };
}

it.each(shippedTemplates.filter(({ family }) => family === 'sms'))(
  '$type in $locale fits one SMS',
  (template) => {
    const { text } = templates.render({ ...template, customerName, variables: samples[template.type] });
    expect(text.startsWith('Hill & Valley Cycles: ')).toBe(true);
    expect({ text, ...smsSegments(text) }).toMatchObject({ encoding: 'GSM-7', segments: 1 });
  },
);

it.each(types)('%s greets by name, in both parts of the email', (type) => {
  const content = templates.render({
    type,
    family: 'email',
    locale: 'de-DE',
    customerName,
    variables: samples[type],
  });
  expect(content.text).toMatch(/^Guten Tag Anna Keller,\n\n/);
  expect(content.html).toContain('<html lang="de">');
  expect(content.html).toContain('<p>Guten Tag Anna Keller,</p>');
});

it('a missing variable is named, with its template and section', () => {
  const render = () =>
    templates.render({ type: 'order-shipped', family: 'sms', locale: 'de', customerName, variables: {} });
  expect(render).toThrow(
    expect.objectContaining({
      code: 'missing_variable',
      template: { type: 'order-shipped', family: 'sms', language: 'de' },
      section: 'text',
      variable: 'orderId',
      help: expect.stringContaining('orderId'),
    }),
  );
});

it.each([
  ['null', { orderId: null }],
  ['an object', { orderId: { id: 'ord-1' } }],
  ['undefined', { orderId: undefined }],
  ['inherited', Object.create({ orderId: 'ord-1' })],
  ['hidden in __proto__', JSON.parse('{"__proto__":{"orderId":"ord-1"}}')],
])('a variable that is %s counts as missing', (_, variables) => {
  const render = () =>
    templates.render({ type: 'order-shipped', family: 'email', locale: 'en', customerName, variables });
  expect(render).toThrow(MissingVariableError);
});

it.each([[{}], [{ name: null, quantity: 1 }], [{ name: {}, quantity: 1 }]])(
  'an item %j leaves no hole',
  (item) => {
    const variables = { ...samples['order-confirmed'], items: [item] };
    const render = () =>
      templates.render({ type: 'order-confirmed', family: 'email', locale: 'en', customerName, variables });
    expect(render).toThrow(MissingVariableError);
  },
);
