import { InputError } from '../../kernel/index.ts';
import type { TypedForm } from '../../pipeline-runtime/index.ts';
import { entryOfRow, rowOf } from './input.ts';
import type { Side } from './messages.ts';

const formOf = (side: Side): TypedForm => ({
  form: `${side.toLowerCase()} QUANTITY SYMBOL [@] [PRICE] [TRADER]`,
  does: `an order to ${side.toLowerCase()}, such as 100 ACME @ 100.50; without a price, or with MKT: at any`,
  read(words, { nowMs, number }) {
    const [quantity = '', symbol = '', price = '', trader = 'you'] = words.filter((word) => word !== '@');
    const limit = /^(MKT|MARKET)?$/i.test(price) ? '' : price.replace(/^@/, '');
    const row = rowOf(
      {
        at: new Date(nowMs).toISOString(),
        order_id: `t${number}`,
        trader_id: trader,
        symbol,
        side,
        type: limit === '' ? 'MARKET' : 'LIMIT',
        quantity,
        price: limit,
        cash: '',
      },
      new Map(),
    );
    if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
    return [entryOfRow(row, `line ${number}`)];
  },
});

/** What a person may say at the exchange. */
export const typedOrders: readonly TypedForm[] = [formOf('BUY'), formOf('SELL')];
