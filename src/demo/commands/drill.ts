import { InputError } from '../../kernel/index.ts';
import { type NamedFault, namedFault } from '../../lab/faults/index.ts';
import {
  chooseScenarios,
  crashAndRecover,
  type Drill,
  demoScenarios,
  isDrill,
  priceDropOf,
  type Scenario,
} from '../../lab/scenarios/index.ts';
import { type ArchitectureName, hasBus } from '../../shop/index.ts';

export interface StoryFlags {
  readonly product?: string;
  /** In US cents. */
  readonly price?: number;
}

export interface DrillFlags {
  readonly fault?: readonly NamedFault[];
  readonly leaveBroken?: boolean;
}

interface HowToPlay extends DrillFlags, StoryFlags {
  readonly architecture: ArchitectureName;
}

/** All that were asked for; of "all", those that can be played like this. */
export function playable(names: readonly string[], options: HowToPlay): readonly Scenario[] {
  const stories = chooseScenarios(names, demoScenarios).map((story) => told(story, options));
  refuseIdle(stories, options);
  const obstacles = stories.map((story) => obstacleTo(story, options));
  const [obstacle] = obstacles.filter((each, index) => each && names.includes(stories[index]?.name ?? ''));
  if (obstacle !== undefined) throw obstacle;
  return stories.filter((_, index) => obstacles[index] === undefined);
}

const isPriceDrop = (name: string): boolean => name === 'price-drop';

/** With a product and a price of one's own. */
function told(story: Scenario, { product, price }: StoryFlags): Scenario {
  if (!isPriceDrop(story.name) || (product === undefined && price === undefined)) return story;
  return priceDropOf({ productId: product ?? 'helmet', ...(price !== undefined && { cents: price }) });
}

function refuseIdle(stories: readonly Scenario[], { product, price }: StoryFlags): void {
  if (stories.some(({ name }) => isPriceDrop(name))) return;
  const flag = product !== undefined ? '--product' : price !== undefined ? '--price' : undefined;
  if (flag === undefined) return;
  const help = 'It goes with price-drop: npm run demo price-drop -- --product helmet --price 49';
  throw new InputError({ message: `${flag} is of no use here`, help });
}

function obstacleTo({ name, needsBus }: Scenario, options: HowToPlay): InputError | undefined {
  const { architecture } = options;
  if (needsBus !== undefined && !hasBus(architecture)) {
    return new InputError({
      message: `"${name}" needs a bus, and ${architecture} has none: ${needsBus}`,
      help: 'Play it on another architecture, or leave it out.',
    });
  }
  if (name === crashAndRecover.name && isDrill(drillOf(options))) {
    return new InputError({
      message: `"${name}" brings a provider of its own, which --fault and --leave-broken do not reach`,
      help: 'Play it without them, or leave it out.',
    });
  }
  return undefined;
}

export const addFault = (name: string, before: readonly NamedFault[] = []): readonly NamedFault[] => [
  ...before,
  namedFault(name),
];

export const drillOf = ({ fault = [], leaveBroken = false }: DrillFlags): Drill => ({
  faults: fault,
  leaveBroken,
});

export function drillInWords(options: DrillFlags): { drill?: string } {
  if (!isDrill(drillOf(options))) return {};
  const faults = (options.fault ?? []).map(({ name }) => name);
  return { drill: [...faults, ...(options.leaveBroken ? ['nothing mended'] : [])].join(', ') };
}
