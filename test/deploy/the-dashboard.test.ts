import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openServedShop } from '../http/served-shop.ts';

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

const { panels } = JSON.parse(readFileSync('deploy/grafana/dashboards/shop.json', 'utf8')) as Dashboard;
const asked = panels.flatMap(({ title, targets }) =>
  targets.flatMap(({ expr }) =>
    [...expr.matchAll(/[a-z_]{2,}(?=[^a-z_(]|$)/g)]
      .map(([name]) => name)
      .filter((name) => name.startsWith('notification_'))
      .map((name) => ({ title, name })),
  ),
);

test('the dashboard reads only figures that there are', async () => {
  const { ask } = await openServedShop();
  const { text } = await ask('/metrics');
  const known = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);

  expect(asked.length).toBeGreaterThanOrEqual(panels.length);
  for (const { title, name } of asked) expect(known, title).toContain(name);
});

test('each panel reads a figure', () => {
  for (const { title } of panels) expect(asked.map((each) => each.title)).toContain(title);
});
