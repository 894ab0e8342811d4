import { millisecondsInDay } from 'date-fns/constants';
import { InputError } from '../../kernel/index.ts';
import { sampleProducts } from '../../shop/index.ts';
import type { Scenario } from './scenario.ts';

const cents = (amount: number) => ({ amount, currency: 'USD' });

const toldOfTheHelmet = [
  'ada price-drop email: sent',
  'ada price-drop sms: sent',
  'ben price-drop email: segment_not_eligible',
  'ben price-drop sms: segment_not_eligible',
  'clara price-drop email: sent',
  'clara price-drop sms: sent',
  'gina price-drop email: opted_out',
  'gina price-drop sms: opted_out',
];

export const priceDrop: Scenario = {
  name: 'price-drop',
  title: 'A price drops: of those with it in the cart, gold and platinum are told. A rise tells nobody.',
  startsAt: '15:00',
  steps: [
    {
      say: 'The helmet drops from $79.00 to $59.00',
      command: {
        service: 'pricing',
        command: 'updatePrice',
        data: { productId: 'helmet', price: cents(5900) },
      },
    },
    {
      say: 'It rises to $65.00',
      command: {
        service: 'pricing',
        command: 'updatePrice',
        data: { productId: 'helmet', price: cents(6500) },
      },
    },
  ],
  expected: toldOfTheHelmet,
};

export interface NewPrice {
  /** Of the sample shop. */
  readonly productId: string;
  /** In US cents; left out, three quarters of what it costs. */
  readonly cents?: number;
}

/**
 * The same with a product and a price of one's own. Only the helmet is in anybody's cart, and only a drop is news.
 * @throws {InputError} there is no such product, or it costs that already.
 */
export function priceDropOf({ productId, cents: given }: NewPrice): Scenario {
  const product = sampleProducts.find(({ id }) => id === productId);
  if (product === undefined) {
    throw new InputError({
      message: `there is no product "${productId}"`,
      help: `Known: ${sampleProducts.map(({ id }) => id).join(', ')}`,
    });
  }
  const before = product.price.amount;
  const after = given ?? Math.round((before * 3) / 4);
  if (after === before) {
    throw new InputError({
      message: `the ${productId} costs ${inDollars(before)} already`,
      help: 'Give another price.',
    });
  }
  const isDrop = after < before;
  const moves = `${isDrop ? 'drops' : 'rises'} from ${inDollars(before)} to ${inDollars(after)}`;
  return {
    ...priceDrop,
    steps: [
      {
        say: `The price of ${product.name} ${moves}`,
        command: { service: 'pricing', command: 'updatePrice', data: { productId, price: cents(after) } },
      },
    ],
    expected: isDrop && productId === 'helmet' ? toldOfTheHelmet : [],
  };
}

const inDollars = (amount: number): string => `$${(amount / 100).toFixed(2)}`;

export const promotion: Scenario = {
  name: 'promotion',
  title: 'A promotion begins for gold and platinum customers: they are told, whatever is in their carts.',
  startsAt: '15:30',
  steps: [
    {
      say: 'Spring Days begin: 20 % off for gold and platinum customers',
      command: {
        service: 'promotions',
        command: 'activatePromotion',
        data: {
          promotionId: 'spring',
          name: 'Spring Days',
          code: 'SPRING-20',
          discountPercent: 20,
          segments: ['gold', 'platinum'],
        },
      },
    },
  ],
  expected: [
    'ada promotion-available email: sent',
    'ada promotion-available sms: sent',
    'clara promotion-available email: sent',
    'clara promotion-available sms: sent',
    'gina promotion-available email: opted_out',
    'gina promotion-available sms: opted_out',
    'hana promotion-available email: sent',
    'hana promotion-available sms: sent',
  ],
};

const cannotComeLate = 'a call is made when it happens, and cannot come a day late';

export const lateNews: Scenario = {
  name: 'late-news',
  title: 'A price drop that was published more than a day ago: nobody needs it any more.',
  startsAt: '16:00',
  needsBus: cannotComeLate,
  steps: [
    {
      say: 'Yesterday’s price drop arrives',
      withoutBus: cannotComeLate,
      event: ({ id, nowMs }) => ({
        id,
        type: 'PriceChanged',
        source: '/services/pricing',
        subject: 'helmet',
        time: new Date(nowMs - millisecondsInDay - 1).toISOString(),
        correlationId: id,
        causationId: id,
        schemaVersion: 1,
        data: { productId: 'helmet', previousPrice: cents(7900), price: cents(6900) },
      }),
    },
  ],
  expected: [
    'ada price-drop email: expired',
    'ada price-drop sms: expired',
    'ben price-drop email: segment_not_eligible',
    'ben price-drop sms: segment_not_eligible',
    'clara price-drop email: expired',
    'clara price-drop sms: expired',
    'gina price-drop email: opted_out',
    'gina price-drop sms: opted_out',
  ],
};
