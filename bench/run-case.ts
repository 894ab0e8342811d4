import { durable } from './cases/durable.ts';
import { durableFloor } from './cases/durable-floor.ts';
import { eventSourced } from './cases/event-sourced.ts';
import { flowOf } from './cases/flow.ts';
import { heapOver } from './cases/heap.ts';
import { bareHono, http } from './cases/http.ts';
import { keptShop } from './cases/kept-shop.ts';
import { latency } from './cases/latency.ts';
import { logins, loginsAtOnce } from './cases/logins.ts';
import { naiveEtl } from './cases/naive-etl.ts';
import { naiveOrders, naiveReadings } from './cases/naive-flows.ts';
import { naiveGame } from './cases/naive-game.ts';
import { naiveHealthcare } from './cases/naive-healthcare.ts';
import { naiveLearning } from './cases/naive-learning.ts';
import { naiveLogins } from './cases/naive-logins.ts';
import { naiveManufacturing } from './cases/naive-manufacturing.ts';
import { naiveModeration } from './cases/naive-moderation.ts';
import { naiveTrading } from './cases/naive-trading.ts';
import { onAFile } from './cases/on-a-file.ts';
import { plainLoop } from './cases/plain-loop.ts';
import { priceDrop } from './cases/price-drop.ts';
import { recovery } from './cases/recovery.ts';
import { sameRows, sameRowsOnAFile } from './cases/same-rows.ts';
import { partsOfShipping } from './cases/shipping.ts';
import { traced, untraced } from './cases/traced.ts';
import { twoFunctions, twoStages } from './cases/two-stages.ts';
import { withWorkers } from './cases/workers.ts';
import type { Measured, Run } from './measure.ts';
import { profile, sharesOf } from './profile.ts';

/** Where those on a server have their database. */
const { DATASTORE: place = '' } = process.env;

const cases: Readonly<Record<string, (size: number) => Promise<Measured>>> = {
  'bare-hono': bareHono,
  durable,
  'durable-floor': durableFloor,
  'event-sourced': eventSourced,
  http,
  latency,
  logins,
  'logins-at-once': loginsAtOnce,
  'plain-loop': plainLoop,
  'price-drop': priceDrop,
  recovery,
  'file-burst': (events) => onAFile('burst', events),
  'file-paced': (seconds) => onAFile('paced', seconds),
  'same-rows': (events) => sameRows(place, events),
  'same-rows-on-a-file': sameRowsOnAFile,
  traced,
  untraced,
  'naive-etl': naiveEtl,
  'naive-game': naiveGame,
  'naive-healthcare': naiveHealthcare,
  'naive-learning': naiveLearning,
  'naive-logins': naiveLogins,
  'naive-manufacturing': naiveManufacturing,
  'naive-moderation': naiveModeration,
  'naive-orders': naiveOrders,
  'naive-readings': naiveReadings,
  'naive-trading': naiveTrading,
  'two-functions': twoFunctions,
  'two-stages': twoStages,
};

const [name = '', sizeText, isProfiled] = process.argv.slice(2);
const size = Number(sizeText);
process.stdout.write(JSON.stringify(await figuresOf()));

async function figuresOf(): Promise<unknown> {
  if (name === 'kept-shop') return keptShop(size);
  if (name === 'heap') return heapOver(size);
  if (name.startsWith('parts:')) return [...(await partsOfShipping(name.slice('parts:'.length), size))];
  const runCase = caseOf(name);
  if (runCase === undefined) throw new TypeError(`there is no case "${name}"`);
  if (isProfiled !== undefined) return [...sharesOf(await profile(() => runCase(size)))];
  const run: Run = { ...(await runCase(size)), peakMb: process.resourceUsage().maxRSS / 1024 };
  return run;
}

function caseOf(wanted: string): ((size: number) => Promise<Measured>) | undefined {
  const [kind, what = '', pace, eventsPerSecond] = wanted.split(':');
  if (kind === 'flow') return (count) => flowOf(what, count);
  if (kind === 'workers')
    return (size) =>
      withWorkers(place, Number(what), {
        pace: pace === 'paced' ? 'paced' : 'burst',
        size,
        ...(eventsPerSecond !== undefined && { eventsPerSecond: Number(eventsPerSecond) }),
      });
  return cases[wanted];
}
