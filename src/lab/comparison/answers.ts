import { inGroups, inWords, listed, unique } from '../../report/index.ts';
import type { Comparison, Coupling, FaultOutcome, Learning, Retelling } from './comparison.ts';
import { handOverInWords } from './hand-over.ts';
import { perThousand } from './rates.ts';
import { knowsNotifications, serviceOf, servicesOf } from './reach.ts';

/** One line of the summary: a question, and what each architecture has to say to it. */
export interface Answers {
  readonly question: string;
  /** One for each architecture, in their order. `a / b` where its buses differ. */
  readonly answers: readonly string[];
}

/** What a decider asks first. Holds no figure that depends on the machine. */
export function answersOf(comparison: Comparison): Answers[] {
  return [
    ...ofFaults(comparison),
    ...ofLearning(comparison),
    ...ofRetelling(comparison),
    ...ofCoupling(comparison),
    ...ofPaths(comparison),
  ];
}

/** How to read `a / b`: how it was handed over, in the order in which an answer names them. */
export function handOverLegend({ architectures, faults, behaviour }: Comparison): string {
  const all = [...faults, ...behaviour];
  const legends = architectures.map((name) => {
    const own = all.filter(({ architecture }) => architecture === name);
    return unique(own.map(({ handOver }) => handOver)).map(handOverInWords);
  });
  return unique(legends.filter(({ length }) => length > 1).map((each) => each.join(' / '))).join('; ');
}

function ofFaults({ architectures, faults }: Comparison): Answers[] {
  if (faults.length === 0) return [];
  const row = (question: string, say: (outcomes: readonly FaultOutcome[]) => string): Answers => ({
    question,
    answers: architectures.map((architecture) => perHandOver(architecture, faults, say)),
  });
  const per = (runsThatDid: (outcome: FaultOutcome) => number) => (outcomes: readonly FaultOutcome[]) =>
    outcomes
      .filter(({ sampled }) => sampled === 'kill')
      .map((outcome) => perThousand(runsThatDid(outcome), outcome.runs))
      .join(', ') || '–';
  return [
    row(
      'Lost in so many of 1,000 kills (95 %)',
      per(({ runsThatLost }) => runsThatLost),
    ),
    row(
      'Repeated under the same key in so many (95 %)',
      per(({ runsThatRepeated }) => runsThatRepeated),
    ),
    row('A fault keeps a caller waiting for', (outcomes) =>
      inWords(Math.max(...outcomes.map(({ callerBlockedMs }) => callerBlockedMs))),
    ),
  ];
}

function ofLearning({ architectures, learning }: Comparison): Answers[] {
  if (learning.length === 0) return [];
  const row = (question: string, say: (own: readonly Learning[]) => string): Answers => ({
    question,
    answers: architectures.map((architecture) => perHandOver(architecture, learning, say)),
  });
  const words = { nothing: 'no', 'in-the-answer': 'in the answer', 'when-it-asks': 'when it asks' } as const;
  return [row('The caller learns what became of it', ([own]) => words[own?.caller ?? 'nothing'])];
}

function ofRetelling({ architectures, retelling }: Comparison): Answers[] {
  if (retelling.length === 0) return [];
  const row = (question: string, say: (own: Retelling) => Retelling['newcomer']): Answers => ({
    question,
    answers: architectures.map((architecture) =>
      perHandOver(architecture, retelling, (own) =>
        own
          .map(say)
          .map(({ told, of }) => `${told} of ${of}`)
          .join(', '),
      ),
    ),
  });
  return [
    row('Past events that a late subscriber is given', ({ newcomer }) => newcomer),
    row('Told after all once a bug is mended, by replay', ({ mended }) => mended),
  ];
}

function ofCoupling({ architectures, coupling }: Comparison): Answers[] {
  if (coupling.length === 0) return [];
  const row = (question: string, say: (coupling: Coupling) => string): Answers => ({
    question,
    answers: architectures.map((name) => {
      const own = coupling.find(({ architecture }) => architecture === name);
      return own === undefined ? '–' : say(own);
    }),
  });
  const differing = tablesWhereTheyDiffer(coupling);
  return [
    row(
      'Services that know of notifications',
      ({ services }) => `${services.filter(knowsNotifications).length} of ${services.length}`,
    ),
    ...(differing.length === 0
      ? []
      : [
          row(`Tables used by ${listed(differing)}`, (own) =>
            differing.map((service) => String(serviceOf(own, service)?.tables.length ?? 0)).join(', '),
          ),
        ]),
    row('Files that know whom to tell when', ({ filesThatKnowTheRules: { length } }) => String(length)),
    row(
      'Files to touch for a new event, type, channel, subscriber',
      ({ filesTouched: { event, notificationType, channel, subscriber } }) =>
        `${event}, ${notificationType}, ${channel}, ${subscriber}`,
    ),
    row('Lines of code of its own', ({ linesOfCode }) => inGroups(linesOfCode)),
  ];
}

/** Services that use more tables in one architecture than in another. */
const tablesWhereTheyDiffer = (coupling: readonly Coupling[]): string[] =>
  servicesOf(coupling).filter(
    (name) => new Set(coupling.map((each) => serviceOf(each, name)?.tables.length)).size > 1,
  );

function ofPaths({ architectures, hops }: Comparison): Answers[] {
  if (hops.length === 0) return [];
  const answers = architectures.map((name) => hops.find(({ architecture }) => architecture === name));
  return [
    {
      question: 'Hops from the command to the provider',
      answers: answers.map((own) => String(own?.hops ?? '–')),
    },
  ];
}

/** What is said of each way to hand over, once when it is the same of all. */
function perHandOver<Measured extends { readonly architecture: string; readonly handOver: string }>(
  architecture: string,
  all: readonly Measured[],
  say: (measured: readonly Measured[]) => string,
): string {
  const own = all.filter((each) => each.architecture === architecture);
  const answers = unique(own.map(({ handOver }) => handOver)).map((handOver) =>
    say(own.filter((each) => each.handOver === handOver)),
  );
  return unique(answers).length === 1 ? (answers[0] ?? '–') : answers.join(' / ') || '–';
}
