import { InputError } from '../../kernel/index.ts';
import { type NamedFault, namedFault } from '../../lab/faults/index.ts';
import {
  chooseScenarios,
  crashAndRecover,
  type Drill,
  demoScenarios,
  isDrill,
  type Scenario,
} from '../../lab/scenarios/index.ts';
import { type ArchitectureName, hasBus } from '../../shop/index.ts';

export interface DrillFlags {
  readonly fault?: readonly NamedFault[];
  readonly leaveBroken?: boolean;
}

interface HowToPlay extends DrillFlags {
  readonly architecture: ArchitectureName;
}

/** All that were asked for; of "all", those that can be played like this. */
export function playable(names: readonly string[], options: HowToPlay): readonly Scenario[] {
  const stories = chooseScenarios(names, demoScenarios);
  const obstacles = stories.map((story) => obstacleTo(story, options));
  const [obstacle] = obstacles.filter((each, index) => each && names.includes(stories[index]?.name ?? ''));
  if (obstacle !== undefined) throw obstacle;
  return stories.filter((_, index) => obstacles[index] === undefined);
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
