import { plainMoney } from '../../notifications/index.ts';
import { type Document, day, inGroups, plural } from '../../report/index.ts';
import type { CustomerReach } from './customer-reach.ts';
import type { OrderOverview } from './order-overview.ts';
import type { ProjectionState } from './projection-state.ts';

type ColumnsRow = Extract<Document[number], { kind: 'columns' }>['rows'][number];

/** Two lines a projection: its name and what it is, then how it stands; a third where it has stopped. */
export const projectionsDocument = (states: readonly ProjectionState[]): Document => [
  {
    kind: 'columns',
    heading: ['version', 'position', 'behind', 'state'],
    align: ['right', 'right', 'right', 'left'],
    indent: 2,
    rows: states.map((state) => ({
      title: [{ text: state.name, tone: 'strong' }, state.words],
      ...figuresOf(state),
    })),
  },
];

function figuresOf(state: ProjectionState): ColumnsRow {
  const { live, unfinished, version, head } = state;
  const shown = live ?? unfinished;
  if (shown === undefined) return { cells: [String(version), '–', inGroups(head), 'never made'] };
  const cells = [String(shown.version), inGroups(shown.position), inGroups(head - shown.position)];
  const failure = unfinished?.failure ?? shown.failure;
  if (failure !== null && failure !== undefined) {
    const text = `position ${failure.position}: ${failure.reason}`;
    return { cells: [...cells, 'stopped'], text, tone: 'bad' };
  }
  if (shown.version !== version) return { cells: [...cells, `to be made anew for version ${version}`] };
  if (unfinished === undefined || live === undefined)
    return { cells: [...cells, live ? 'live' : 'being made'] };
  return { cells: [...cells, `live, and being made anew (at ${inGroups(unfinished.position)})`] };
}

export interface ShownRows {
  readonly name: string;
  readonly rows: readonly { readonly key: string; readonly value: unknown }[];
  /** Whether there are more than these. */
  readonly hasMore: boolean;
}

/** What a projection keeps, as a person wants to see it. */
export function rowsDocument({ name, rows, hasMore }: ShownRows): Document {
  if (rows.length === 0) return [{ kind: 'paragraph', lines: [{ text: `${name} has no rows yet.` }] }];
  if (name === 'customer-reach') return reachDocument(rows.map(({ value }) => value as CustomerReach));
  return overviewDocument(
    rows.map(({ value }) => value as OrderOverview),
    hasMore,
  );
}

function overviewDocument(orders: readonly OrderOverview[], hasMore: boolean): Document {
  const headline = hasMore
    ? `The first ${plural(orders.length, 'order')}; there are more (--limit)`
    : plural(orders.length, 'order');
  return [
    { kind: 'paragraph', lines: [{ text: `${headline}; times in UTC`, tone: 'strong' }] },
    {
      kind: 'columns',
      heading: ['order', 'customer', 'status', 'shipped', 'total', 'payment', 'changed'],
      align: ['left', 'left', 'left', 'right', 'right', 'left', 'left'],
      indent: 2,
      rows: orders.map((order) => ({
        cells: [
          order.orderId,
          order.customerId,
          order.status,
          `${order.shipped ?? '?'} of ${order.lineItems ?? '?'}`,
          order.total === null ? '?' : plainMoney(order.total),
          order.payment ?? '–',
          day(Date.parse(order.changedAt)),
        ],
      })),
    },
  ];
}

function reachDocument(customers: readonly CustomerReach[]): Document {
  const channels = [...new Set(customers.flatMap((each) => Object.keys(each.channels)))];
  const categories = [...new Set(customers.flatMap((each) => Object.values(each.channels).flat()))];
  const count = (channel: string, isWanted: (on: readonly string[]) => boolean): string => {
    const reached = customers.filter((each) => {
      const on = each.channels[channel];
      return on !== undefined && isWanted(on);
    });
    return inGroups(reached.length);
  };
  return [
    {
      kind: 'paragraph',
      lines: [{ text: `${plural(customers.length, 'customer')}, by channel`, tone: 'strong' }],
    },
    {
      kind: 'columns',
      // There are more categories than channels, and their names are longer.
      heading: ['', ...channels],
      align: ['left', ...channels.map(() => 'right' as const)],
      indent: 2,
      rows: [
        { cells: ['have an address', ...channels.map((channel) => count(channel, () => true))] },
        ...categories.map((name) => ({
          cells: [name, ...channels.map((channel) => count(channel, (on) => on.includes(name)))],
        })),
      ],
    },
  ];
}
