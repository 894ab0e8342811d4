import type { Deed } from './playing-step-by-step.ts';

const tenShoppers = ['ada', 'ben', 'clara', 'gina', 'hana'].flatMap((each) => [each, each]);

const mailed = (who: string): string => `+ order-confirmed ${who} email sent sent`;
const texted = (who: string): string => `+ order-confirmed ${who} sms sent sent`;
const waits = (who: string): string => `+ order-confirmed ${who} sms pending provider_unavailable`;
const waitsNoMore = (who: string): string => `- order-confirmed ${who} sms pending provider_unavailable`;

/** What each step of each scenario brings about, wherever it can be done. */
export const deedsOf: Readonly<Record<string, readonly Deed[]>> = {
  'one-time-code': [
    ['Ada signs in: the page asks for a code by SMS', '+ own-text ada sms sent sent'],
    ['The SMS provider is down'],
    ['Ada signs in once more: the page asks for another', '+ own-text ada sms pending provider_unavailable'],
    ['It asks for the same by mail', '+ own-text ada email sent sent'],
    [
      'Ten minutes later nobody needs the code any more',
      '- own-text ada sms pending provider_unavailable',
      '+ own-text ada sms skipped expired',
    ],
  ],
  promotion: [
    [
      'Spring Days begin: 20 % off for gold and platinum customers',
      'PromotionActivated spring 20 % for gold, platinum',
      ...['ada', 'clara', 'hana'].flatMap((who) => [
        `+ promotion-available ${who} email sent sent`,
        `+ promotion-available ${who} sms sent sent`,
      ]),
      '+ promotion-available gina email skipped opted_out',
      '+ promotion-available gina sms skipped opted_out',
    ],
  ],
  'order-shipped': [
    [
      'Ada’s order ships',
      'OrderStatusChanged ord-1001 placed → shipped',
      '+ order-shipped ada email sent sent',
      '+ order-shipped ada sms sent sent',
    ],
    [
      'Dev’s order ships',
      'OrderStatusChanged ord-1004 placed → shipped',
      '+ order-shipped dev email sent sent',
      '+ order-shipped dev sms skipped no_contact',
    ],
  ],
  'payment-failed': [
    [
      'Clara’s card is declined; in Berlin it is 23:30',
      'PaymentFailed ord-1003 1602.50 USD card_declined',
      '+ payment-failed clara email sent sent',
      '+ payment-failed clara sms sent sent',
    ],
  ],
  'price-drop': [
    [
      'The helmet drops from $79.00 to $59.00',
      'PriceChanged helmet 79.00 USD → 59.00 USD',
      '+ price-drop ada email sent sent',
      '+ price-drop ada sms sent sent',
      '+ price-drop ben email skipped segment_not_eligible',
      '+ price-drop ben sms skipped segment_not_eligible',
      '+ price-drop clara email sent sent',
      '+ price-drop clara sms sent sent',
      '+ price-drop gina email skipped opted_out',
      '+ price-drop gina sms skipped opted_out',
    ],
    ['It rises to $65.00', 'PriceChanged helmet 59.00 USD → 65.00 USD'],
  ],
  'order-complete': [
    ['Clara’s gloves ship', 'LineItemStatusChanged ord-1003 gloves pending → shipped'],
    ['Her bike ships', 'LineItemStatusChanged ord-1003 bike pending → shipped'],
    [
      'Her helmet ships, the last of the three',
      'LineItemStatusChanged ord-1003 helmet pending → shipped',
      '+ order-complete clara email sent sent',
      '+ order-complete clara sms sent sent',
    ],
    [
      'The warehouse reports the helmet a second time',
      'LineItemStatusChanged ord-1003 helmet pending → shipped',
    ],
  ],
  welcome: [['Ivo registers', 'CustomerRegistered ivo', '+ welcome ivo email sent sent']],
  'order-confirmed': [
    [
      'Hana orders a helmet and two pairs of gloves',
      'OrderStatusChanged ord-2001 new → placed',
      '+ order-confirmed hana email sent sent',
      '+ order-confirmed hana sms sent sent',
    ],
  ],
  'order-delivered': [
    [
      'Ada’s order ships',
      'OrderStatusChanged ord-1007 placed → shipped',
      '+ order-shipped ada email sent sent',
      '+ order-shipped ada sms sent sent',
    ],
    ['Seven hours later'],
    [
      'It is delivered',
      'OrderStatusChanged ord-1007 shipped → delivered',
      '+ order-delivered ada email sent sent',
      '+ order-delivered ada sms sent sent',
    ],
  ],
  'order-cancelled': [
    [
      'Finn cancels his order',
      'OrderStatusChanged ord-1006 placed → cancelled',
      '+ order-cancelled finn email skipped suppressed',
      '+ order-cancelled finn sms sent sent',
    ],
  ],
  'quiet-hours': [
    [
      'Clara’s order ships; in Berlin it is 23:30',
      'OrderStatusChanged ord-1008 placed → shipped',
      '+ order-shipped clara email sent sent',
      '+ order-shipped clara sms pending quiet_hours',
    ],
    [
      'The next morning; Clara’s quiet hours end at 07:00 in Berlin',
      '- order-shipped clara sms pending quiet_hours',
      '+ order-shipped clara sms sent sent',
    ],
  ],
  'opted-out': [
    [
      'Erin’s payment arrives',
      'PaymentReceived ord-1005 24.50 USD',
      '+ payment-received erin email sent sent',
      '+ payment-received erin sms sent sent',
    ],
    [
      'Her order ships',
      'OrderStatusChanged ord-1005 placed → shipped',
      '+ order-shipped erin email skipped opted_out',
      '+ order-shipped erin sms skipped opted_out',
    ],
  ],
  'late-news': [
    [
      'Yesterday’s price drop arrives',
      'PriceChanged helmet 79.00 USD → 69.00 USD',
      '+ price-drop ada email skipped expired',
      '+ price-drop ada sms skipped expired',
      '+ price-drop ben email skipped segment_not_eligible',
      '+ price-drop ben sms skipped segment_not_eligible',
      '+ price-drop clara email skipped expired',
      '+ price-drop clara sms skipped expired',
      '+ price-drop gina email skipped opted_out',
      '+ price-drop gina sms skipped opted_out',
    ],
  ],
  'flaky-email': [
    ['The mail provider becomes flaky'],
    [
      'Five customers order',
      'OrderStatusChanged ord-210 new → placed',
      'OrderStatusChanged ord-211 new → placed',
      'OrderStatusChanged ord-212 new → placed',
      'OrderStatusChanged ord-213 new → placed',
      'OrderStatusChanged ord-214 new → placed',
      '+ order-confirmed ada email sent sent',
      '+ order-confirmed ada sms sent sent',
      '+ order-confirmed ben email sent sent',
      '+ order-confirmed ben sms sent sent',
      '+ order-confirmed clara email sent sent',
      '+ order-confirmed clara sms sent sent',
      '+ order-confirmed gina email pending provider_unavailable',
      '+ order-confirmed gina sms sent sent',
      '+ order-confirmed hana email pending provider_unavailable',
      '+ order-confirmed hana sms sent sent',
    ],
    [
      'A quarter of an hour later',
      '- order-confirmed gina email pending provider_unavailable',
      '- order-confirmed hana email pending provider_unavailable',
      '+ order-confirmed gina email sent sent',
      '+ order-confirmed hana email sent sent',
    ],
    ['The mail provider is mended'],
  ],
  'blocked-number': [
    ['Ivan registers', 'CustomerRegistered ivan', '+ welcome ivan email sent sent'],
    ['The SMS provider blocks his number'],
    [
      'Ivan orders',
      'OrderStatusChanged ord-2201 new → placed',
      '+ order-confirmed ivan email sent sent',
      '+ order-confirmed ivan sms dead_lettered rejected',
    ],
    [
      'He orders again',
      'OrderStatusChanged ord-2202 new → placed',
      '+ order-confirmed ivan email sent sent',
      '+ order-confirmed ivan sms skipped suppressed',
    ],
    [
      'Somebody re-drives the dead letter, which goes through every step again',
      '- order-confirmed ivan sms dead_lettered rejected',
      '+ order-confirmed ivan sms skipped suppressed',
    ],
  ],
  'sms-outage': [
    ['The SMS provider goes down'],
    [
      'Ten orders come in',
      ...Array.from({ length: 10 }, (_, index) => `OrderStatusChanged ord-23${index} new → placed`),
      ...tenShoppers.map(mailed),
      ...tenShoppers.map(waits),
    ],
    ['Three minutes later it is still down'],
    ['The SMS provider is back'],
    ['A few minutes later', ...tenShoppers.map(waitsNoMore), ...tenShoppers.map(texted)],
  ],
  'dead-letter': [
    ['The mail provider goes down'],
    [
      'Hana orders',
      'OrderStatusChanged ord-2401 new → placed',
      '+ order-confirmed hana email pending provider_unavailable',
      '+ order-confirmed hana sms sent sent',
    ],
    [
      'Five minutes later',
      '- order-confirmed hana email pending provider_unavailable',
      '+ order-confirmed hana email dead_lettered attempts_exhausted',
    ],
    ['The mail provider is mended'],
    [
      'Somebody re-drives the dead letter',
      '- order-confirmed hana email dead_lettered attempts_exhausted',
      '+ order-confirmed hana email sent sent',
    ],
  ],
  'poison-event': [
    ['An event comes for an order that does not exist', 'OrderStatusChanged ord-9999 new → placed'],
    [
      'Gina orders',
      'OrderStatusChanged ord-2501 new → placed',
      '+ order-confirmed gina email sent sent',
      '+ order-confirmed gina sms sent sent',
    ],
    ['A quarter of an hour later'],
  ],
  receipts: [
    ['The providers report what becomes of messages; of a text before they have answered, and twice'],
    [
      'Ada and Ben order',
      'OrderStatusChanged ord-2701 new → placed',
      'OrderStatusChanged ord-2702 new → placed',
      ...['ada', 'ben'].flatMap((who) => [mailed(who), texted(who)]),
    ],
    ['A few minutes later'],
    [
      'Ben orders again: his mailbox is not written to any more',
      'OrderStatusChanged ord-2703 new → placed',
      '+ order-confirmed ben email skipped suppressed',
      texted('ben'),
    ],
    ['A minute later'],
  ],
  'every-channel': [
    [
      'Jana’s order ships',
      'OrderStatusChanged ord-1009 placed → shipped',
      ...['email', 'sms', 'push', 'webhook'].map((channel) => `+ order-shipped jana ${channel} sent sent`),
    ],
  ],
  'customer-moves': [
    [
      'A payment of Clara’s arrives; in Berlin it is 23:30, and the SMS waits',
      'PaymentReceived ord-1010 24.50 USD',
      '+ payment-received clara email sent sent',
      '+ payment-received clara sms pending quiet_hours',
    ],
    [
      'She has a new number, and wants no more mails about payments',
      'ContactChanged clara phone',
      'PreferencesChanged clara',
    ],
    [
      'The next morning',
      '- payment-received clara sms pending quiet_hours',
      '+ payment-received clara sms sent sent',
    ],
    [
      'The next payment',
      'PaymentReceived ord-1010 24.50 USD',
      '+ payment-received clara email skipped opted_out',
      '+ payment-received clara sms sent sent',
    ],
  ],
  'customer-erased': [
    [
      'Karl’s order ships; the SMS waits for the morning',
      'OrderStatusChanged ord-1011 placed → shipped',
      '+ order-shipped karl email sent sent',
      '+ order-shipped karl sms pending quiet_hours',
    ],
    ['He asks to be erased', 'CustomerErased karl'],
    [
      'The next morning',
      '- order-shipped karl sms pending quiet_hours',
      '+ order-shipped karl sms skipped erased',
    ],
    [
      'The order arrives all the same',
      'OrderStatusChanged ord-1011 shipped → delivered',
      '+ order-delivered karl email skipped erased',
      '+ order-delivered karl sms skipped erased',
    ],
  ],
};

const unasked = (who: string): string => `+ order-confirmed ${who} sms pending `;
const unaskedNoMore = (who: string): string => `- order-confirmed ${who} sms pending `;

/** What is entered with its command is due in the ledger, and the provider is not asked for it while its breaker is open. */
export const deedsBehindTheCommit: Readonly<Record<string, readonly Deed[]>> = {
  'sms-outage': [
    ['The SMS provider goes down'],
    [
      'Ten orders come in',
      ...Array.from({ length: 10 }, (_, index) => `OrderStatusChanged ord-23${index} new → placed`),
      ...tenShoppers.map(mailed),
      ...['ada', 'ben', 'clara', 'gina', 'hana'].map(waits),
      ...['ada', 'ben', 'clara', 'gina', 'hana'].map(unasked),
    ],
    [
      'Three minutes later it is still down',
      ...['ada', 'ben', 'clara'].flatMap((who) => [unaskedNoMore(who), waits(who)]),
    ],
    ['The SMS provider is back'],
    [
      'A few minutes later',
      ...['ada', 'ada', 'ben', 'ben', 'clara', 'clara', 'gina', 'hana'].map(waitsNoMore),
      ...['gina', 'hana'].map(unaskedNoMore),
      ...tenShoppers.map(texted),
    ],
  ],
};
