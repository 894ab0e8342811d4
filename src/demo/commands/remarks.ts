import type { Command } from 'commander';
import { type ArchitectureName, type BusName, hasBus } from '../../shop/index.ts';

interface Chosen {
  readonly architecture: ArchitectureName;
  readonly bus: BusName;
}

/**
 * Says on stderr what a bus that was asked for changes nothing of; whoever asked for none has taken what there is.
 * @param lasting What runs on the durable bus whatever was asked for.
 */
export function remarkOnBus(
  command: Command,
  { architecture, bus }: Chosen,
  lasting: readonly string[] = [],
): void {
  if (command.getOptionValueSource('bus') !== 'cli') return;
  for (const remark of remarksOn({ architecture, bus }, lasting)) process.stderr.write(`note: ${remark}\n`);
}

function remarksOn({ architecture, bus }: Chosen, lasting: readonly string[]): string[] {
  if (!hasBus(architecture)) return [`${architecture} has no bus, so --bus ${bus} changes nothing`];
  if (bus === 'durable') return [];
  return lasting.map(
    (name) => `${name} runs on the durable bus: what is in memory does not outlive a SIGKILL`,
  );
}
