import { join } from 'node:path';
import { seededRandom } from '../../../src/kernel/index.ts';
import { Provider } from '../../../src/lab/scenarios/crash/provider.ts';
import type { Said, ShopSetup } from '../../../src/lab/shop-process/protocol.ts';
import { ShopProcess } from '../../../src/lab/shop-process/shop-process.ts';
import { deliveryId } from '../../../src/notifications/index.ts';
import type { ArchitectureName } from '../../../src/shop/world.ts';
import { drawMoment, type Moment, type Sight, turns } from './moments.ts';
import { type Errand, Shoppers } from './shoppers.ts';

export interface ChainOptions {
  /** For the shop's file and the provider's journal. */
  folder: string;
  architecture: ArchitectureName;
  seed: number;
  kills: number;
  /** How many deliveries of each channel the shop may have in hand. */
  maxInHand: number;
}

/** One life of the shop that ended with a kill. */
export interface KilledLife {
  readonly life: number;
  readonly moment: Moment;
  /** The keys that the provider took from it, and that the process never said to be on record. */
  readonly inHand: readonly string[];
  /** The key that the provider took last, without a yes: the process cannot have known. */
  readonly yesUnheard: string | undefined;
}

export interface Chain {
  readonly killed: readonly KilledLife[];
  readonly acknowledged: readonly Errand[];
  /** The provider's own, from its file. */
  readonly journal: ReturnType<Provider['journal']>;
}

const customersAtATime = 6;
const startMs = Date.parse('2026-03-02T09:00:00Z');

/** Runs a shop under load on one file, kills it again and again, and in the end lets it finish. */
export async function playChain(options: ChainOptions): Promise<Chain> {
  const { folder, seed, kills } = options;
  const random = seededRandom(seed);
  const provider = new Provider(join(folder, 'provider.ndjson'));
  const shoppers = new Shoppers(customersAtATime);
  const killed: KilledLife[] = [];
  for (let life = 1; life <= kills; life++) {
    killed.push(await liveUntil(drawMoment(life, random), { ...options, life, provider, shoppers }));
  }
  shoppers.close();
  await liveToTheEnd({ ...options, life: kills + 1, provider, shoppers });
  return { killed, acknowledged: shoppers.acknowledged, journal: provider.journal() };
}

interface LifeOptions extends ChainOptions {
  readonly life: number;
  readonly provider: Provider;
  readonly shoppers: Shoppers;
}

async function liveUntil(moment: Moment, options: LifeOptions): Promise<KilledLife> {
  const { life } = options;
  let left = moment.count;
  let yesUnheard: string | undefined;
  const { shop, taken, recorded, ended } = begin(options, (sight, key) => {
    if (sight !== moment.sight || --left !== 0) return true;
    if (sight === 'taken') yesUnheard = key;
    if (moment.turns > 0) void turns(moment.turns).then(() => shop.kill());
    else shop.kill();
    return false;
  });
  await ended;
  return { life, moment, yesUnheard, inHand: [...taken].filter((key) => !recorded.has(key)) };
}

async function liveToTheEnd(options: LifeOptions): Promise<void> {
  const { shoppers } = options;
  const { shop, ended } = begin(options, (sight) => {
    if ((sight === 'open' || sight === 'acknowledged') && shoppers.areGone) shop.tell({ kind: 'finish' });
    return true;
  });
  await ended;
}

/** More than any moment takes: a shop that answers commands and sends nothing would go on for ever. */
const mostCommands = 1000;

/**
 * Starts a life on the file of the ones before, gives it what the shoppers want, and plays its provider.
 * @param see says whether what it sees takes its course: a message that was asked for is taken, one that was taken is
 *   answered.
 */
function begin(options: LifeOptions, see: (sight: Sight, key?: string) => boolean) {
  const { life, provider, shoppers } = options;
  const taken = new Set<string>();
  const recorded = new Set<string>();
  let commands = 0;
  const serve = (): void => {
    for (let errand = shoppers.next(); errand !== undefined; errand = shoppers.next())
      shop.tell({ kind: 'command', number: errand.number, command: errand.command });
  };
  const take = (number: number, key: string): void => {
    if (!see('asked', key)) return;
    const receipt = provider.take({ life, key });
    taken.add(key);
    if (!see('taken', key)) return;
    shop.tell({ kind: 'yes', number, receipt });
    see('answered', key);
  };
  const hear = (said: Said): void => {
    switch (said.kind) {
      case 'awake':
        shoppers.begin();
        shop.tell({ kind: 'open', ...setupOf(options) });
        see('awake');
        break;
      case 'open':
        see('open');
        serve();
        break;
      case 'done':
        shoppers.answered(said.number, said.refusal);
        see('acknowledged');
        if (++commands > mostCommands) throw new Error('the moment to kill the shop never came');
        serve();
        break;
      case 'ask':
        take(said.number, said.key);
        break;
      case 'decided': {
        const { notification, channel, status } = said.decision;
        if (status === 'sent') recorded.add(deliveryId(notification.id, channel));
        see('recorded');
        break;
      }
      case 'event':
        if (said.event.type === 'DeadLetterAdded') throw new Error(JSON.stringify(said.event.data));
    }
  };
  let mistake: unknown;
  const shop = new ShopProcess((said) => {
    try {
      if (mistake === undefined) hear(said);
    } catch (thrown) {
      mistake = thrown;
      shop.kill();
    }
  });
  const ended = shop.ended.then(() => {
    if (mistake !== undefined) throw new Error(`in life ${life}`, { cause: mistake });
  });
  return { shop, taken, recorded, ended };
}

const setupOf = ({ folder, architecture, life, seed, maxInHand }: LifeOptions): ShopSetup => ({
  file: join(folder, 'shop.db'),
  architecture,
  startMs: startMs + life * 60_000,
  seed: seed * 1000 + life,
  delivery: { maxInHand },
});
