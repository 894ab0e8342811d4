import type { LoggedMessage } from '../../datastore/index.ts';
import { type Message, readMessage, shopEvents, toCloudEvent } from '../../events/index.ts';
import { type Document, exactMoment, plural } from '../../report/index.ts';
import { describeEvent } from '../flow/index.ts';

/** One line: position, time, type and what changed; nothing of who a customer is. */
export const lineOf = ({ position, message }: LoggedMessage): string =>
  `${String(position).padStart(6)}  ${exactMoment(Date.parse(message.time))}  ${message.type}  ${changeOf(message)}`;

export function eventsDocument(events: readonly LoggedMessage[], hasMore: boolean): Document {
  if (events.length === 0) return [{ kind: 'paragraph', lines: [{ text: 'No event of the log is meant.' }] }];
  const headline = hasMore
    ? `The first ${plural(events.length, 'event')}; there are more (--limit, --from)`
    : plural(events.length, 'event');
  return [
    { kind: 'paragraph', lines: [{ text: `${headline}; times in UTC`, tone: 'strong' }] },
    {
      kind: 'columns',
      heading: ['position', 'time', 'type'],
      align: ['right', 'left', 'left'],
      indent: 2,
      rows: events.map(({ position, message }) => ({
        cells: [String(position), exactMoment(Date.parse(message.time)), message.type],
        text: changeOf(message),
      })),
    },
  ];
}

export interface ShownEvent extends LoggedMessage {
  /** The others of its story, in the order of the log. */
  readonly story: readonly LoggedMessage[];
}

/** All that it says, as it was written, and what else its command led to. */
export const shownEventDocument = ({ position, message, story }: ShownEvent): Document => [
  {
    kind: 'paragraph',
    lines: [{ text: `${message.type}  ${changeOf(message)}, position ${position}`, tone: 'strong' }],
  },
  { kind: 'code', text: JSON.stringify(toCloudEvent(message), null, 2) },
  ...(story.length === 0
    ? []
    : [
        { kind: 'paragraph' as const, lines: [{ text: 'Of the same story:' }] },
        ...eventsDocument(story, false).slice(1),
      ]),
];

/** Of what this program cannot read, all that is said is what it is about. */
function changeOf(message: Message): string {
  const known = readMessage(shopEvents, message);
  return known === undefined ? message.subject : describeEvent(known);
}
