import { describe } from 'vitest';
import { cancelOrder, deliverOrder, shipItem, shipOrder, testRefusals } from './refusals.ts';

describe('the shop refuses a command that comes at the wrong time', () => {
  testRefusals([
    ...[shipOrder, shipItem('order-1-1'), cancelOrder].flatMap((when) =>
      [[shipOrder], [shipOrder, deliverOrder], [cancelOrder]].map((given) => ({
        because: `${when.command} after ${given.map((each) => each.command).join(' and ')}`,
        given,
        when,
        code: 'wrong_order_status' as const,
        says: 'order "order-1" is ',
      })),
    ),
    ...[[], [shipItem('order-1-1')], [cancelOrder], [shipOrder, deliverOrder]].map((given) => ({
      because: `deliverOrder after ${given.map((each) => each.command).join(' and ') || 'nothing'}`,
      given,
      when: deliverOrder,
      code: 'wrong_order_status' as const,
      says: 'and cannot be delivered',
    })),
    {
      because: 'cancelOrder of an order that has shipped in part',
      given: [shipItem('order-1-1')],
      when: cancelOrder,
      code: 'wrong_order_status',
      says: 'order "order-1" cannot be cancelled: line item "order-1-1" is shipped',
    },
    {
      because: 'shipLineItem of one that has shipped',
      given: [shipItem('order-1-1')],
      when: shipItem('order-1-1'),
      code: 'wrong_line_item_status',
      says: 'line item "order-1-1" is shipped and cannot be shipped',
    },
  ]);
});
