import { type Html, html, inGroups, inPercent, inWords, onAverage } from '../../report/index.ts';
import { actions } from './actions.ts';
import type {
  EventAnswer,
  EventsAnswer,
  FiguresAnswer,
  OverTimeAnswer,
  ProvidersAnswer,
  ReadinessAnswer,
  StatusAnswer,
} from './answers.ts';
import type { Ask } from './asking.ts';
import { explainLink, flowLink } from './links.ts';
import { overTimeSection } from './over-time.ts';
import type { Page } from './page.ts';
import { liveControls, sectionOf, stateOf, tableOf, timeOf } from './parts.ts';
import { providersSection } from './providers.ts';

/** So many of the latest events are shown. */
const eventsShown = 20;
const failuresShown = 10;

/** How the shop fares, what happens in it, and a few things to do to it. */
export async function dashboard(ask: Ask, period = 'hour'): Promise<Page> {
  const [status, readiness, overTime, providers] = await Promise.all([
    ask<StatusAnswer>('/v1/status'),
    ask<ReadinessAnswer>('/readyz'),
    ask<OverTimeAnswer>(`/v1/status/over-time?${new URLSearchParams({ period })}`),
    ask<ProvidersAnswer>('/v1/providers'),
  ]);
  const { events, cursor } = await latestEvents(ask, readiness);
  return {
    title: 'Dashboard',
    lead: 'What was sent, what failed, and what happens at this moment.',
    at: '/dashboard',
    content: html`${liveControls(cursor)}
${sectionOf({ id: 'deliveries', heading: 'Deliveries', isLive: true }, tilesOf(status))}
${overTimeSection(period, overTime)}${sectionOf({ id: 'channels', heading: 'By channel', isLive: true }, channelsOf(status))}
${actions(events)}
${providersSection(providers)}
${sectionOf({ id: 'events', heading: 'Latest events', isLive: true }, eventList(events))}
${sectionOf({ id: 'failures', heading: 'Recent failures', isLive: true }, failuresOf(status))}
${sectionOf({ id: 'backlog', heading: 'Backlog', isLive: true }, backlogOf(readiness))}`,
  };
}

async function latestEvents(ask: Ask, { messages }: ReadinessAnswer): Promise<EventsAnswer> {
  const cursor = Math.max(0, messages - eventsShown);
  const { events, ...rest } = await ask<EventsAnswer>(`/v1/events?cursor=${cursor}&limit=${eventsShown * 2}`);
  return { ...rest, events: events.slice(-eventsShown).reverse() };
}

const tilesOf = (status: StatusAnswer): Html => html`<dl class="tiles">
${tile('Sent', inGroups(status.sent))}
${tile('Success rate', inPercent(status.successRate), 'of all sent and dead-lettered')}
${tile('Failed', inGroups(status.failed), 'at least once')}
${tile('Dead letters', inGroups(status.deadLettered))}
${tile('Average attempts', onAverage(status.averageAttempts))}
${tile('Pending', inGroups(status.pending))}
</dl>`;

const tile = (name: string, value: string, note = ''): Html =>
  html`<div><dt>${name}</dt><dd><b>${value}</b>${note === '' ? '' : html` <small>${note}</small>`}</dd></div>\n`;

const channelsOf = ({ channels, circuitBreakers, ...all }: StatusAnswer): Html =>
  tableOf({
    caption: 'Deliveries by channel',
    heading: [
      'Channel',
      'Sent',
      'Success rate',
      'Failed',
      'Dead letters',
      'Skipped',
      'Pending',
      'Average attempts',
      'Time p50',
      'Time p95',
      'Time p99',
      'Circuit breaker',
    ],
    rows:
      all.requested === 0
        ? []
        : [
            ...channels.map((figures) => [
              figures.channel,
              ...cellsOf(figures),
              breakerOf(circuitBreakers.find(({ channel }) => channel === figures.channel)),
            ]),
            ['all', ...cellsOf(all), ''],
          ],
    none: 'Nothing has been requested yet.',
  });

const cellsOf = (figures: FiguresAnswer): string[] => [
  inGroups(figures.sent),
  inPercent(figures.successRate),
  inGroups(figures.failed),
  inGroups(figures.deadLettered),
  inGroups(figures.skipped),
  inGroups(figures.pending),
  onAverage(figures.averageAttempts),
  ...(['p50', 'p95', 'p99'] as const).map((each) =>
    figures.deliveryTimeMs === null ? '–' : inWords(figures.deliveryTimeMs[each]),
  ),
];

const breakerOf = (breaker: StatusAnswer['circuitBreakers'][number] | undefined): Html | string =>
  breaker === undefined ? '–' : html`${stateOf(breaker.state)}${inARow(breaker.failuresInARow)}`;

const inARow = (failures: number): string => (failures === 0 ? '' : ` ${failures} failed in a row`);

const failuresOf = ({ failures }: StatusAnswer): Html =>
  tableOf({
    caption: 'Recent failures',
    heading: ['Channel', 'Latest', 'What became of it', 'Error', 'In the provider’s words', 'How many'],
    rows: failures
      .slice(0, failuresShown)
      .map(({ channel, lastAt, status, reason, errorCode, words, count }) => [
        channel,
        timeOf(lastAt),
        html`${stateOf(status)} ${reason ?? ''}`,
        errorCode ?? '–',
        words ?? '–',
        inGroups(count),
      ]),
    none: 'Nothing has failed.',
  });

const backlogOf = ({ bus, messages }: ReadinessAnswer): Html =>
  html`${tableOf({
    caption: 'What waits on the bus',
    heading: ['Subscriber', 'Not yet seen', 'Waiting to be tried again'],
    rows: bus.map(({ subscriber, unseen, retries }) => [
      subscriber,
      Object.entries(unseen)
        .map(([type, count]) => `${type} ${inGroups(count)}`)
        .join(', ') || '0',
      inGroups(retries),
    ]),
    none: 'This bus keeps no count.',
  })}<p class="muted">Messages in the log: ${inGroups(messages)}</p>`;

/** The latest first. */
export const eventList = (events: readonly EventAnswer[]): Html =>
  events.length === 0
    ? html`<p class="muted">Nothing has happened yet.</p>`
    : html`<ol class="events">${events.map(
        ({ id, type, subject, time, correlationid }) =>
          html`<li>${timeOf(time)} <b>${type}</b> ${subject}
<a href="${explainLink(id)}" aria-label="explain ${type} ${subject}">explain</a>
<a href="${flowLink(correlationid)}" aria-label="flow of ${type} ${subject}">flow</a></li>\n`,
      )}</ol>`;
