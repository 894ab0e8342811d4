import { InputError } from '../../kernel/index.ts';
import type { AskedForm, Pipeline, TypedForm } from '../../pipeline-runtime/index.ts';
import { booksOf } from './depth.ts';
import { entryOfRow, rowOf } from './input.ts';
import type { Side, TradingMessages } from './messages.ts';
import { shelvesOf } from './report.ts';
import { bookPictures } from './tables.ts';

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
        symbol: symbol.toUpperCase(),
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

/** What a person may ask to see there. */
export const askedAt = (pipeline: Pipeline<TradingMessages>): readonly AskedForm[] => [
  {
    form: 'book SYMBOL',
    does: 'who waits in the book of a symbol, by price',
    async show([name = '']) {
      const symbol = name.toUpperCase();
      const books = booksOf(await shelvesOf(pipeline));
      const pictures = bookPictures(books.filter((book) => book.symbol === symbol));
      if (pictures.length > 0) return pictures;
      throw new InputError({
        message: `nobody waits in the book of ${JSON.stringify(symbol)}`,
        help: `Somebody does in: ${books.map((book) => book.symbol).join(', ') || 'none'}.`,
      });
    },
  },
];
