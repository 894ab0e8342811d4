import type { Terminal } from '../../view/terminal.ts';
import type { ExplanationCost } from '../comparison.ts';
import { plural } from '../words.ts';
import { drawEntry } from './entry.ts';
import { drawHeading } from './heading.ts';

/** Whom to ask for the answer. Empty when nothing was measured. */
export function drawExplanations(explanations: readonly ExplanationCost[], terminal: Terminal): string[] {
  if (explanations.length === 0) return [];
  return [
    ...drawHeading('Why was this customer not notified?', terminal),
    ...explanations.flatMap(({ architecture, askedRooms }) =>
      drawEntry(architecture, `${plural(askedRooms.length, 'room')}: ${askedRooms.join(', ')}`, terminal),
    ),
  ];
}
