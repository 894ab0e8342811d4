import type { PathStep } from '../diagram.ts';
import { captionOf, participantsOf } from '../diagram.ts';

/** A call waits for its answer; a message, with an open head, does not; what is read comes back, dotted. */
const arrows = {
  call: '->>',
  message: '-)',
  read: '-->>',
  write: '->>',
  send: '->>',
} as const satisfies Record<PathStep['kind'], string>;

/** The path as a Mermaid sequence diagram, without its fence. */
export function sequenceDiagram(steps: readonly PathStep[]): string[] {
  // Names stand behind an id, so that none of them can be a word of Mermaid's own.
  const ids = new Map(participantsOf(steps).map((name, index) => [name, `p${index + 1}`]));
  return [
    'sequenceDiagram',
    ...[...ids].map(([name, id]) => `  participant ${id} as ${mermaidText(name)}`),
    ...steps.map((step) => {
      const { kind, from, to } = step;
      return `  ${ids.get(from)}${arrows[kind]}${ids.get(to)}: ${mermaidText(captionOf(step))}`;
    }),
  ];
}

/** What means something in Mermaid, as its entity. */
const mermaidText = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[#;<>&"`%{}]/g, (sign) => `#${sign.charCodeAt(0)};`);
