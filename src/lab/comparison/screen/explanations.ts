import type { Terminal } from '../../../report/index.ts';
import { drawEntry, drawHeading, plural } from '../../../report/index.ts';
import type { ExplanationCost } from '../comparison.ts';

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
