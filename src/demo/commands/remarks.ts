import type { Command } from 'commander';
import type { HandOverName } from '../../api-driven/index.ts';
import { type ArchitectureName, hasBus } from '../../shop/index.ts';
import { type BusChoice, shownBus } from './options.ts';

interface Chosen {
  readonly architecture: ArchitectureName;
  readonly bus: BusChoice;
  readonly handOver: HandOverName;
}

/**
 * Says on stderr what a flag that was given changes nothing of; whoever gave none has taken what there is.
 * @param lasting What runs on the durable bus whatever was asked for.
 */
export function remarkOnHandOver(
  command: Command,
  { architecture, bus, handOver }: Chosen,
  lasting: readonly string[] = [],
): void {
  const isGiven = (option: string): boolean => command.getOptionValueSource(option) === 'cli';
  const remarks = [
    ...(isGiven('bus') ? remarksOnBus({ architecture, bus }, lasting) : []),
    ...(isGiven('handOver') && hasBus(architecture)
      ? [`services publish in ${architecture}, so --hand-over ${handOver} changes nothing`]
      : []),
  ];
  for (const remark of remarks) process.stderr.write(`note: ${remark}\n`);
}

function remarksOnBus(
  { architecture, bus }: Pick<Chosen, 'architecture' | 'bus'>,
  lasting: readonly string[],
): string[] {
  if (!hasBus(architecture)) return [`${architecture} has no bus, so --bus ${shownBus(bus)} changes nothing`];
  if (bus === 'durable') return [];
  return lasting.map(
    (name) =>
      `${name} runs on the durable bus: ${bus === 'in-memory' ? 'what is in memory does not outlive a SIGKILL' : 'its processes share a file'}`,
  );
}
