import type { CauseAnswer, EventAnswer } from './answers.ts';

/** One thing that happened in a flow: somebody hands something to somebody. */
export interface FlowStep {
  /** ISO 8601. */
  readonly time: string;
  readonly from: string;
  /** The same as `from`: it stays there. */
  readonly to: string;
  readonly name: string;
  readonly words: string;
  /** In the drawing: why it went no further, or what was reported. */
  readonly caption: string;
  readonly kind: 'event' | 'sent' | 'held' | 'report';
  /** What can be asked of it. */
  readonly id: string;
}

const log = 'event log';
const delivery = 'delivery';

/** What happened, then what came of it, in the order of time. */
export function stepsOf(events: readonly EventAnswer[], causes: readonly CauseAnswer[]): FlowStep[] {
  const steps = [...events.map(eventStep), ...causes.flatMap(causeSteps)];
  return steps.sort((one, other) => Date.parse(one.time) - Date.parse(other.time));
}

const eventStep = ({ id, time, source, type, subject, data }: EventAnswer): FlowStep => ({
  time,
  from: source.split('/').at(-1) || source,
  to: log,
  name: `${type} ${subject}`,
  words: JSON.stringify(data),
  caption: `${type} ${subject}`,
  kind: 'event',
  id,
});

const causeSteps = ({ notifications }: CauseAnswer): FlowStep[] =>
  notifications.flatMap(({ type, customerId, deliveries }) =>
    deliveries.flatMap(({ id, channel, verdicts, reports }) => [
      ...verdicts.map(
        ({ at, reason, words }): FlowStep => ({
          time: at,
          from: delivery,
          to: reason === 'sent' ? channel : delivery,
          name: `${type} to ${customerId}`,
          words: `${channel}: ${reason}, ${words}`,
          caption: reason === 'sent' ? `${type} to ${customerId}` : `${channel} to ${customerId}: ${reason}`,
          kind: reason === 'sent' ? 'sent' : 'held',
          id,
        }),
      ),
      ...reports.map(
        ({ at, status, words }): FlowStep => ({
          time: at,
          from: channel,
          to: delivery,
          name: `${type} to ${customerId}`,
          words: `${channel}: ${status}, ${words}`,
          caption: `${status}, ${customerId}`,
          kind: 'report',
          id,
        }),
      ),
    ]),
  );

/** Who takes part, from left to right: who publishes, the log, then those that tell. */
export function lanesOf(steps: readonly FlowStep[]): string[] {
  const all = new Set(steps.flatMap(({ from, to }) => [from, to]));
  const publishers = new Set(steps.filter(({ kind }) => kind === 'event').map(({ from }) => from));
  const ends = [log, delivery];
  const channels = [...all].filter((each) => !publishers.has(each) && !ends.includes(each));
  return [...publishers, ...ends.filter((each) => all.has(each)), ...channels.sort()];
}
