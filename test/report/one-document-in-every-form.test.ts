import pc from 'picocolors';
import { expect, test } from 'vitest';
import { type Document, toLines, toMarkdown, toPage } from '../../src/report/index.ts';

const hostile = '<b>|`x`';

const document: Document = [
  { kind: 'heading', text: 'Parcels', id: 'parcels' },
  {
    kind: 'paragraph',
    lines: [{ sign: { text: '✗', tone: 'bad' }, text: `two are late ${hostile}`, tone: 'bad' }],
  },
  {
    kind: 'columns',
    heading: ['parcel', 'days'],
    align: ['left', 'right'],
    rows: [{ title: ['first'], cells: [hostile, '12'], text: 'lost in a hub' }],
    omitted: '… and 2 more',
  },
  {
    kind: 'tree',
    root: {
      lines: [{ text: 'order' }],
      children: [{ lines: [{ text: hostile, tone: 'warning' }], children: [] }],
    },
  },
  { kind: 'fold', title: 'More', blocks: [{ kind: 'code', text: 'npm run parcels' }] },
];

test('on a terminal blocks are parted by a line, a heading stands on its block, and nothing is folded open', () => {
  expect(toLines(document, { width: 60, colors: pc.createColors(false) }).join('\n')).toBe(`Parcels
✗ two are late <b>|\`x\`

parcel   days
first
<b>|\`x\`    12  lost in a hub
… and 2 more

order
└─ <b>|\`x\``);
});

test('in Markdown nothing in a text is taken for a sign of its own', () => {
  expect(toMarkdown(document)).toBe(`## Parcels

✗ two are late &lt;b>\\|\\\`x\\\`

|  | parcel | days |  |
| --- | --- | --- | --- |
| first | &lt;b>\\|\\\`x\\\` | 12 | lost in a hub |
| … and 2 more |  |  |  |

- order
  - &lt;b>\\|\\\`x\\\`

<details>
<summary>More</summary>

\`\`\`
npm run parcels
\`\`\`

</details>
`);
});

test('on a page every text is escaped, and the contents lead to its sections', () => {
  const page = toPage(document, { title: hostile, kicker: 'k', headline: 'h', lead: 'l', footer: 'f' });

  expect(page).not.toContain('<b>|');
  expect(page).toContain('<title>&lt;b&gt;|`x`</title>');
  expect(page).toContain('<li><a href="#parcels">Parcels</a></li>');
  expect(page).toContain('<p class="bad"><b>✗</b> two are late &lt;b&gt;|`x`</p>');
  expect(page).toContain('<td>&lt;b&gt;|`x`</td><td>12</td><td>lost in a hub</td>');
  expect(page).toContain(
    '<li><p class="text">order</p>\n<ul class="tree"><li><p class="warning">&lt;b&gt;|`x`</p>\n</li></ul></li>',
  );
});
