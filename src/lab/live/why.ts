import { hasBus } from '../../shop/index.ts';
import type { ColumnState } from './state.ts';

/** What can differ, why it does, and how much of it a column has. */
const differences: readonly {
  readonly of: (column: ColumnState) => number;
  readonly say: (most: string, others: string, amount: number) => string;
}[] = [
  {
    of: ({ lost }) => lost,
    say: (most, others, amount) =>
      `${most} will never send ${amount === 1 ? 'one message' : `${amount} messages`}: it calls the notifier after the commit, and the process died in between. ${others} ${verb(others)} the event on record with the change, and went on from there.`,
  },
  {
    of: ({ longestWaitMs }) => longestWaitMs,
    say: (most, others, amount) =>
      `Callers of ${most} wait for the provider, up to ${amount / 1000} s; callers of ${others} are answered as soon as the change is committed.`,
  },
  {
    of: ({ repeated }) => repeated,
    say: (most, others, amount) =>
      `${most} ${verb(most)} asked the provider ${amount} more ${amount === 1 ? 'time' : 'times'} under a key that it had, and ${others} ${verb(others)} not or less often: the yes was lost with the process.`,
  },
  {
    of: ({ dead }) => dead,
    say: (most, others, amount) =>
      `${most} ${verb(most)} ${amount} dead ${amount === 1 ? 'letter' : 'letters'}, and ${others} fewer.`,
  },
  {
    of: ({ waiting }) => waiting,
    say: (most, others, amount) =>
      `${amount} ${amount === 1 ? 'delivery waits' : 'deliveries wait'} in ${most}, and fewer in ${others}.`,
  },
];

/** Why the columns do not show the same, or that they do: from their figures alone. */
export function whyTheyDiffer(columns: readonly ColumnState[]): string {
  const said = differences.flatMap(({ of, say }) => {
    const most = Math.max(...columns.map(of));
    const leading = columns.filter((column) => of(column) === most);
    if (leading.length === columns.length) return [];
    const others = columns.filter((column) => of(column) < most);
    return [say(names(leading), names(others), most)];
  });
  if (said.length > 0) return said.join(' ');
  const [first] = columns;
  if (first !== undefined && !first.isAlive)
    return 'No process runs. What each of them has on record stands in its file.';
  if (first !== undefined && first.repeated > 0)
    return 'All four alike: a yes was lost with the process, so each asked the provider again, under the same key, by which it can tell.';
  return 'All four alike.';
}

const names = (columns: readonly ColumnState[]): string =>
  columns
    .map(({ architecture }) => architecture)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');

const verb = (who: string): string => (who.includes(' and ') ? 'have' : 'has');

/** Said of an action that asks for events, where none flow. */
export const withoutBus = (columns: readonly ColumnState[]): string => {
  const none = columns.filter(({ architecture }) => !hasBus(architecture));
  return none.length === 0 ? '' : ` No events flow in ${names(none)}: nothing comes there.`;
};
