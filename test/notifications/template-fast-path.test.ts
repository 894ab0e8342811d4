import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import { describe, expect, it } from 'vitest';
import { MissingVariableError } from '../../src/notifications/index.ts';
import { readTemplate } from '../../src/notifications/template-file.ts';
import { compileLiquid, compilePlain } from '../../src/notifications/template-section.ts';
import { templateVariables } from '../../src/notifications/template-variables.ts';
import { samples, shippedTemplates } from './template-samples.ts';

const directory = new URL('../../src/notifications/templates/', import.meta.url);

const sections = shippedTemplates.flatMap(({ type, family, locale }) => {
  const template = { type, family, language: locale.slice(0, 2) };
  const source = readTemplate(directory, template) ?? new Map<string, string>();
  return [...source].map(([section, liquid]) => ({ template, section, source: liquid, locale }));
});
const plainSections = sections.flatMap((section) => {
  const plain = compilePlain(section);
  return plain === undefined ? [] : [{ ...section, plain }];
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '<script>alert(1)</script>',
    '{{ orderId }}',
    '{% raw %}',
    '"',
    "'",
    '&amp;',
    '$&',
    '$1',
    '\r\n',
    '😀',
    '\u202e',
  ),
  fc.integer(),
  fc.constantFrom(undefined, null),
);

/** What came out, or which kind of failure. */
function outcomeOf(render: () => string): string | { missing: string } {
  try {
    return render();
  } catch (thrown) {
    if (thrown instanceof MissingVariableError) return { missing: thrown.variable };
    throw thrown;
  }
}

it('most of what the shop sends needs no Liquid', () => {
  expect(plainSections.length).toBeGreaterThan(sections.length * 0.75);
  const shipped = plainSections.filter(({ template }) => template.type === 'order-shipped');
  expect(shipped).toHaveLength(14);
});

describe.each(plainSections)(
  '$template.type by $template.family in $template.language, $section',
  (section) => {
    const { type, family, language } = section.template;
    const names = [...Object.keys(samples[type]), 'orderId', 'amount'];
    const variables = fc
      .dictionary(fc.constantFrom(...names), hostile)
      .map((given) => ({ ...samples[type], ...given }));
    // Nobody's name is null, says the type; undefined stands for a name that is missing.
    const customerName = hostile.filter((value) => value !== null) as fc.Arbitrary<string>;
    const liquid = compileLiquid(section);

    it('is joined to what Liquid would say, whatever the values, and misses the same variables', () => {
      fc.assert(
        fc.property(variables, customerName, (given, name) => {
          const made = templateVariables({
            type,
            family,
            language,
            locale: section.locale,
            customerName: name,
            variables: given,
          });
          expect(outcomeOf(() => section.plain(made))).toEqual(outcomeOf(() => liquid(made)));
        }),
        { numRuns: 60, seed: 1 },
      );
    });

    it("is what Liquid says on its own, with Liquid's own escaping", () => {
      const escaping = section.section === 'html' ? ({ outputEscape: 'escape' } as const) : {};
      const engine = new Liquid({ strictVariables: true, ownPropertyOnly: true, ...escaping });
      const template = engine.parse(section.source);
      fc.assert(
        fc.property(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('<b>', "'", '"', '&', '{{ x }}'),
          (text, mark) => {
            const anything = Object.fromEntries(names.map((name) => [name, mark + text]));
            const made = templateVariables({
              type,
              family,
              language,
              locale: section.locale,
              customerName: text + mark,
              variables: { ...anything, orderId: encodeURIComponent(mark) },
            });
            expect(section.plain(made)).toBe(engine.renderSync(template, made));
          },
        ),
        { numRuns: 30, seed: 1 },
      );
    });
  },
);

describe('a section that Liquid must render', () => {
  const template = { type: 'story', family: 'sms', language: 'en' };

  it.each([
    '{% if a %}x{% endif %}',
    '{{ a | upcase }}',
    '{{ a.b }}',
    '{{- a -}}',
    '{{ true }}',
    '{{ size }}',
    '{{ "a" }}',
    '{{ 1 }}',
    '{{',
    '{{ a }} {% raw %}{{ b }}{% endraw %}',
  ])('is known by its source: %s', (source) => {
    expect(compilePlain({ template, section: 'text', source })).toBeUndefined();
  });

  it.each(['', 'only text', '{{a}}', '{{ a }}{{ b }}', '} { }} a', '{{ a }} } {'])(
    'is not one like "%s"',
    (source) => {
      const variables = { a: '<1>', b: '{{ a }}' };
      const section = { template, section: 'text', source };
      expect(compilePlain(section)?.(variables)).toBe(compileLiquid(section)(variables));
    },
  );
});
