import { shownPlace } from '../../datastore/index.ts';
import { crashAndRecover, type ScenarioResult } from '../../lab/scenarios/index.ts';
import type { Terminal } from '../../report/index.ts';
import type { ArchitectureName } from '../../shop/index.ts';

/** What was played, as far as a command that asks about it has to know. */
export interface Asked {
  readonly architecture: ArchitectureName;
  /** `in-memory`, `durable`, or where its broker is. */
  readonly bus: string;
  readonly data?: string;
  /** Whether providers were broken from outside, or left broken. */
  readonly isDrill: boolean;
}

/** Where to go from here, each line a command that can be typed. */
export function renderHints(
  results: readonly ScenarioResult[],
  asked: Asked,
  { colors }: Terminal,
): string[] {
  const lines = [
    ...lostLetters(results, asked),
    ...mending(results, asked),
    ...crash(results, asked),
    [why(results, asked), 'More: npm run demo -- --list'].filter((text) => text !== '').join('    '),
  ];
  return lines.map((line) => colors.dim(`  ${line}`));
}

/** What is worth asking about is a delivery that was not sent, where there is one. */
function why(results: readonly ScenarioResult[], { architecture, data, isDrill }: Asked): string {
  const deliveries = results.flatMap((result) => result.deliveries);
  const about = deliveries.find(({ delivery }) => delivery.status !== 'sent') ?? deliveries[0];
  // Without a file, `explain` plays the stories anew, and as they are.
  if (about === undefined || (isDrill && data === undefined)) return '';
  const which = architecture === 'event-sourced' ? '' : ` --architecture ${architecture}`;
  const where = data === undefined ? which : ` --data ${shownPlace(data)}`;
  return `Why? npm run explain -- ${about.notification.subject}${where}`;
}

/** What the drill has left for a person to do. */
function mending(results: readonly ScenarioResult[], { architecture, data, isDrill }: Asked): string[] {
  const dead = results
    .flatMap(({ deliveries }) => deliveries)
    .filter(({ delivery }) => delivery.status === 'dead_lettered');
  if (!isDrill || data === undefined || dead.length === 0) return [];
  const which = architecture === 'event-sourced' ? '' : ` --architecture ${architecture}`;
  return [
    `What it left: npm run status -- --data ${shownPlace(data)}`,
    `              npm run dead-letters -- list --data ${shownPlace(data)}`,
    `Mend it:      npm run dead-letters -- redrive --all --data ${shownPlace(data)}${which}`,
  ];
}

/** The crash tells most where nothing remembers what was to be said. */
function crash(results: readonly ScenarioResult[], { architecture, data }: Asked): string[] {
  const wasPlayed = results.some(({ scenario }) => scenario === crashAndRecover.name);
  if (architecture === 'api-driven' && wasPlayed) {
    const where = data === undefined ? ` --architecture ${architecture}` : ` --data ${shownPlace(data)}`;
    return [`Why is Ada never told? npm run explain -- ord-2601${where}`];
  }
  return [`And if the process dies? npm run demo ${crashAndRecover.name} -- --architecture api-driven`];
}

function lostLetters(results: readonly ScenarioResult[], { architecture, bus }: Asked): string[] {
  const letters = results
    .filter(({ scenario }) => scenario !== crashAndRecover.name)
    .flatMap(({ timeline }) => timeline)
    .flatMap((entry) =>
      entry.kind === 'event' && entry.event.type === 'DeadLetterAdded' ? entry.event.data : [],
    )
    .filter(({ kind }) => kind === 'message');
  if (bus === 'durable' || letters.length === 0) return [];
  const names = results
    .filter(({ timeline }) =>
      timeline.some((entry) => entry.kind === 'event' && entry.event.type === 'DeadLetterAdded'),
    )
    .map(({ scenario }) => scenario);
  const which = architecture === 'event-sourced' ? '' : ` --architecture ${architecture}`;
  return [
    `${letters.map(({ deadLetterId }) => deadLetterId).join(', ')}: dead letters of the bus ${bus === 'in-memory' ? 'in memory' : 'at its broker'}, gone with it. Kept: npm run demo ${names.join(' ')} -- --bus durable${which} --data kept.db`,
  ];
}
