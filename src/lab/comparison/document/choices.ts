import { type Document, inGroups, inWords, type Span, unique } from '../../../report/index.ts';
import type { Comparison, Coupling, FaultOutcome, Learning } from '../comparison.ts';
import { handOverInWords } from '../hand-over.ts';
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

/** Who decides, what it may lose, and what that asks of a caller: all of it counted. */
function sentenceOn(name: string, { faults, coupling, learning }: Comparison): string {
  const own = faults.filter(({ architecture }) => architecture === name);
  const services = coupling.find(({ architecture }) => architecture === name)?.services ?? [];
  const knowing = services.filter(knowsNotifications).length;
  const ways = unique(own.map(({ handOver }) => handOver)).map((handOver) => {
    const tried = own.filter((each) => each.handOver === handOver);
    const losing = tried.filter(({ lost }) => lost > 0).map(({ fault }) => fault);
    const waits = Math.max(...tried.map(({ callerBlockedMs }) => callerBlockedMs));
    const { caller = 'nothing' } =
      learning.find((each) => each.architecture === name && each.handOver === handOver) ?? {};
    const loses = losing.length === 0 ? 'loses nothing' : `loses by ${losing.join(', ')}`;
    return `${handOverInWords(handOver)}: ${loses}, a fault keeps a caller waiting ${inWords(waits)}, and it learns ${learned[caller]}`;
  });
  const decides =
    knowing === 0
      ? 'a subscriber decides'
      : `the caller decides, in ${knowing} of ${services.length} services`;
  return `${decides}; ${ways.join('; ')}.`;
}

const learned: Readonly<Record<Learning['caller'], string>> = {
  nothing: 'nothing',
  'in-the-answer': 'what became of it in the answer',
  'when-it-asks': 'what became of it when it asks',
};

interface Choice {
  readonly term: string;
  readonly texts: readonly Span[];
}

function choices({ faults, coupling, hops, learning }: Comparison): Choice[] {
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
      `two people must understand it (${inGroups(fewestLines)} lines)`,
      least(({ linesOfCode }) => linesOfCode),
      couplingSection,
    ),
    choice(
      `a debugger must step through it (${fewestHops} hops)`,
      hops.filter((each) => each.hops === fewestHops).map(({ architecture }) => architecture),
      pathSection,
    ),
  ];
}

const section = (id: string, text: string, heading: string): Span => ({ text, section: { id, heading } });
const summary = section('summary', 'summary', 'Summary');
const faultSection = section('faults', 'faults', 'Faults, in virtual time');
const couplingSection = section(
  'coupling',
  'coupling',
  'Coupling, from the import graph and the tables in use',
);
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
