import type { NamedFault } from '../faults/index.ts';
import type { Scenario, Step } from './scenario.ts';

export interface Drill {
  /** What is wrong from the beginning. Left out: only what the story itself breaks. */
  readonly faults?: readonly NamedFault[];
  /** Nothing is mended and nothing re-driven: that is left to whoever looks afterwards. Default: false. */
  readonly leaveBroken?: boolean;
}

export const isDrill = ({ faults = [], leaveBroken = false }: Drill): boolean =>
  faults.length > 0 || leaveBroken;

/**
 * The same story with providers that fail from the beginning until nothing waits any more. Then they are mended and
 * what was given up is re-driven, unless it is to be left broken.
 */
export function drilled(scenario: Scenario, drill: Drill = {}): Scenario {
  if (!isDrill(drill)) return scenario;
  const { faults = [], leaveBroken = false } = drill;
  const broken = Object.fromEntries(faults.map(({ channel, faults: faultsOfIt }) => [channel, faultsOfIt]));
  const breaking = faults.map(
    ({ channel, words, faults: faultsOfIt }): Step => ({
      say: `${providerOf(channel)} ${words}`,
      providers: { [channel]: faultsOfIt },
    }),
  );
  // Which letters are dead is another matter now, and a provider that is broken by hand is mended by hand.
  const own = scenario.steps
    .filter((step) => !('redrive' in step) && !(leaveBroken && isMending(step)))
    .map(
      (step): Step => ('providers' in step ? { ...step, providers: { ...step.providers, ...broken } } : step),
    );
  const steps = [...breaking, ...own, untilNothingWaits, ...(leaveBroken ? [] : healing(faults))];
  return { ...scenario, steps };
}

const providerOf = (channel: string): string =>
  `The ${channel === 'sms' ? 'SMS' : channel === 'email' ? 'mail' : channel} provider`;

const untilNothingWaits: Step = {
  say: 'Until everything is sent, skipped or given up',
  untilNothingWaits: true,
};

function healing(faults: readonly NamedFault[]): Step[] {
  return [
    ...faults.map(
      ({ channel }): Step => ({
        say: `${providerOf(channel)} is mended`,
        providers: { [channel]: {} },
      }),
    ),
    { say: 'Somebody re-drives every dead letter', redrive: 'all' },
    untilNothingWaits,
  ];
}

const isMending = (step: Step): boolean =>
  'providers' in step && Object.values(step.providers).every((faults) => Object.keys(faults).length === 0);
