import { expect, it } from 'vitest';
import { knowsTheRules, rules } from '../../../../src/lab/comparison/measure/coupling/known-rules.ts';
import * as notifications from '../../../../src/notifications/index.ts';

it.each([
  ['imports a rule', `import { isPriceDrop } from '../notifications/index.ts';`],
  [
    'imports a rule beside other things',
    `import {\n  type Notification,\n  mayBeTold as may,\n} from '../notifications/index.ts';`,
  ],
  ['names a notification', `await notify({ type: 'order-shipped', customerId });`],
])('who %s knows when to tell whom', (_, source) => {
  expect(knowsTheRules(source)).toBe(true);
});

it.each([
  ['passes notifications on', `import { createNotification } from '../notifications/index.ts';`],
  ['mentions one in a comment', `// As with 'order-shipped', once isPriceDrop has said so.`],
  ['has something of its own that is called alike', `const isPriceDrop = false;`],
])('who %s does not', (_, source) => {
  expect(knowsTheRules(source)).toBe(false);
});

it('every rule is one that notifications/ offers', () => {
  expect(Object.keys(notifications)).toEqual(expect.arrayContaining([...rules]));
});
