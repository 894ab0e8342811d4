import { expect, test } from 'vitest';
import { datastoreOn } from '../../src/datastore/open.ts';
import { select } from '../../src/datastore/query.ts';
import { openSqlite } from '../../src/datastore/sqlite.ts';
import { aLife, dieIn, type Mortal } from './a-life.ts';
import { sampleRows as requests } from './healthcare/a-practice.ts';
import { mortalPractice } from './healthcare/dying.ts';
import { sampleRows as orders } from './trading/an-exchange.ts';
import { mortalExchange } from './trading/dying.ts';

/** All that the next process could find: every row, what others know, and what the clock says. */
async function leftAt<Outside extends object>(
  flow: Mortal<Outside>,
  step: number,
  known: (outside: Outside) => unknown,
) {
  const db = openSqlite(':memory:');
  const life = aLife(flow.beginsAtMs, datastoreOn(db, ':memory:'));
  const outside = flow.outside();
  const { tellingSteps, steps } = await dieIn(flow, life, { outside, step });
  const named =
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name";
  const rows = new Map<string, unknown>();
  for (const { name } of await select<{ name: string }>(db, named))
    rows.set(name, await select(db, `select * from "${name}"`));
  await db.close();
  return { tellingSteps, steps, left: JSON.stringify([life.nowMs, known(outside), [...rows]]) };
}

/** One of so many is tried: they are some hundreds. */
const every = 4;

/** Steps that leave something else than the telling step before them; and how many were asked. */
async function untold<Outside extends object>(flow: Mortal<Outside>, known: (outside: Outside) => unknown) {
  const { tellingSteps, steps } = await leftAt(flow, Number.POSITIVE_INFINITY, known);
  const others = Array.from({ length: steps }, (_, index) => index + 1).filter(
    (step) => !tellingSteps.includes(step),
  );
  const asked = others.filter((_, index) => index % every === 0);
  const found: number[] = [];
  for (const step of asked) {
    const telling = tellingSteps.findLast((each) => each < step) ?? 0;
    const [one, other] = [await leftAt(flow, step, known), await leftAt(flow, telling, known)];
    if (one.left !== other.left) found.push(step);
  }
  return { found, asked: asked.length };
}

test('a death at a step that is left out leaves every row, and the world, as at the one that stands for it', async () => {
  const exchange = await untold(mortalExchange(await orders()), ({ house }) => [...house.times]);

  expect(exchange.asked).toBeGreaterThan(50);
  expect(exchange.found).toEqual([]);
});

test('the same where what is sent and written elsewhere is much', async () => {
  const practice = await untold(mortalPractice(await requests()), ({ provider, calendar }) => [
    [...provider.sent.values()],
    [...calendar.entries],
  ]);

  expect(practice.asked).toBeGreaterThan(50);
  expect(practice.found).toEqual([]);
});
