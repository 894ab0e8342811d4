import { type Document, inGroups, inWords, type Span, unique } from '../../../report/index.ts';
import type { Comparison, Coupling, ExplanationCost, FaultOutcome, Learning } from '../comparison.ts';
import { handOverInWords } from '../hand-over.ts';
import { rateOf } from '../rates.ts';
import { knowsNotifications } from '../reach.ts';

/** The answer first: a sentence on each architecture, then what to choose for which reason. */
export function choiceBlocks(comparison: Comparison): Document {
  const { faults, coupling, learning } = comparison;
  if (faults.length === 0 || coupling.length === 0 || learning.length === 0) return [];
  return [
    { kind: 'heading', id: 'answer', name: 'Answer', text: 'The answer' },
    {
      kind: 'list',
      items: comparison.architectures.map((name) => ({ term: name, texts: [sentenceOn(name, comparison)] })),
    },
    { kind: 'heading', level: 3, text: 'Choose this when …' },
    { kind: 'list', items: choices(comparison) },
  ];
}

/** Who decides, what it may lose, what that asks of a caller, and whether the past can be told: all of it counted. */
function sentenceOn(name: string, { faults, coupling, learning, retelling }: Comparison): string {
  const of = <Each extends Way>(all: readonly Each[]) =>
    all.filter(({ architecture }) => architecture === name);
  const services = coupling.find(({ architecture }) => architecture === name)?.services ?? [];
  const knowing = services.filter(knowsNotifications).length;
  const decides =
    knowing === 0
      ? 'a subscriber decides whom to tell'
      : `the caller decides whom to tell, in ${knowing} of ${services.length} services`;
  const losses = eachWay(of(faults), (tried) => {
    const kills = tried.find(({ sampled }) => sampled === 'kill');
    if (kills === undefined || kills.lost === 0) return 'nothing';
    return `something in ${inGroups(Math.round(rateOf(kills.runsThatLost, kills.runs).share * 1000))} of 1,000 kills`;
  });
  const waits = eachWay(of(faults), (tried) =>
    inWords(Math.max(...tried.map(({ callerBlockedMs }) => callerBlockedMs))),
  );
  const learns = eachWay(of(learning), ([own]) => learned[own?.caller ?? 'nothing']);
  const past = eachWay(of(retelling), ([own]) => `${own?.newcomer.told ?? 0} of ${own?.newcomer.of ?? 0}`);
  return `${decides}; it loses ${losses}; a fault keeps a caller waiting ${waits}, who learns ${learns}; a late subscriber is given ${past} past events.`;
}

const learned: Readonly<Record<Learning['caller'], string>> = {
  nothing: 'nothing',
  'in-the-answer': 'the outcome in the answer',
  'when-it-asks': 'the outcome when it asks',
};

/** What is said of each way to hand over, those of whom the same is said together, and once when it is the same of all. */
function eachWay<Each extends Way>(own: readonly Each[], say: (measured: readonly Each[]) => string): string {
  const said = unique(own.map(({ handOver }) => handOver)).map((handOver) => ({
    handOver,
    text: say(own.filter((each) => each.handOver === handOver)),
  }));
  const texts = unique(said.map(({ text }) => text));
  if (texts.length === 1) return texts[0] ?? '';
  const waysOf = (text: string): string =>
    said
      .filter((each) => each.text === text)
      .map(({ handOver }) => handOverInWords(handOver))
      .join(', ');
  return texts.map((text) => `${text} (${waysOf(text)})`).join(' or ');
}

interface Choice {
  readonly term: string;
  readonly texts: readonly Span[];
}

function choices({
  architectures,
  faults,
  coupling,
  hops,
  learning,
  retelling,
  explanations,
}: Comparison): Choice[] {
  const least = (figureOf: (of: Coupling) => number): string[] => {
    const fewest = Math.min(...coupling.map(figureOf));
    return coupling.filter((each) => figureOf(each) === fewest).map(({ architecture }) => architecture);
  };
  const fewestHops = Math.min(...hops.map((each) => each.hops));
  const fewestLines = Math.min(...coupling.map(({ linesOfCode }) => linesOfCode));
  return [
    choice(
      'my callers need the outcome',
      named(learning.filter(({ caller }) => caller !== 'nothing')),
      summary,
    ),
    choice(
      'my callers must not wait for a provider',
      variantsWithout(faults, ({ callerBlockedMs }) => callerBlockedMs > 0),
      faultSection,
    ),
    choice(
      'nothing may be lost when a process dies',
      variantsWithout(faults, ({ lost }) => lost > 0),
      faultSection,
    ),
    choice(
      'many teams add consumers',
      least(({ filesTouched }) => filesTouched.subscriber),
      couplingSection,
    ),
    choice(
      'who comes late, or was missed by a bug, must be told',
      unique(
        retelling
          .filter(({ newcomer, mended }) => newcomer.told === newcomer.of && mended.told === mended.of)
          .map(({ architecture }) => architecture),
      ),
      summary,
    ),
    choice(
      `two people must understand it (${inGroups(fewestLines)} lines)`,
      least(({ linesOfCode }) => linesOfCode),
      couplingSection,
    ),
    choice(
      `a debugger must step through it (${fewestHops} hops)`,
      hops.filter((each) => each.hops === fewestHops).map(({ architecture }) => architecture),
      pathSection,
    ),
    choice(
      'it must be seen why a customer was not told',
      areAlike(explanations) ? [`any of the ${architectures.length}`] : fewestStores(explanations),
      explainSection,
    ),
  ];
}

const areAlike = (explanations: readonly ExplanationCost[]): boolean =>
  unique(explanations.map(({ askedStores }) => askedStores.join())).length === 1;

function fewestStores(explanations: readonly ExplanationCost[]): string[] {
  const fewest = Math.min(...explanations.map(({ askedStores }) => askedStores.length));
  return explanations
    .filter(({ askedStores }) => askedStores.length === fewest)
    .map(({ architecture }) => architecture);
}

const section = (id: string, name: string, heading: string): Span => ({
  text: `see ${name}`,
  section: { id, heading },
});
const summary = section('summary', 'summary', 'Summary');
const faultSection = section('faults', 'faults', 'Faults, in virtual time');
const couplingSection = section(
  'coupling',
  'coupling',
  'Coupling, from the import graph and the tables in use',
);
const explainSection = section('explain', 'why', 'Why was this customer not notified?');
const pathSection = section('paths', 'paths', 'The path of each scenario');

const choice = (term: string, chosen: readonly string[], seeAlso: Span): Choice => ({
  term,
  texts: [{ text: chosen.length === 0 ? 'none of them' : chosen.join('; '), tone: 'strong' }, seeAlso],
});

/** `pipeline (durable bus)`; the architecture alone when all of its ways are meant. */
function variantsWithout(
  faults: readonly FaultOutcome[],
  isHit: (outcome: FaultOutcome) => boolean,
): string[] {
  const hit = new Set(faults.filter(isHit).map(keyOf));
  const all = [...new Map(faults.map((each) => [keyOf(each), each])).values()];
  return named(all.filter((each) => !hit.has(keyOf(each))));
}

interface Way {
  readonly architecture: string;
  readonly handOver: string;
}

const keyOf = ({ architecture, handOver }: Way): string => `${architecture} ${handOver}`;

/** The architectures that hand over alike stand together. */
function named(ways: readonly Way[]): string[] {
  const handOvers = unique(ways.map(({ handOver }) => handOver));
  return handOvers.map((handOver) => {
    const own = ways.filter((each) => each.handOver === handOver).map(({ architecture }) => architecture);
    return `${own.join(', ')} (${handOverInWords(handOver)})`;
  });
}
