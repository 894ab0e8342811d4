import { plural } from '../../report/index.ts';
import type { ScenarioComparison } from './comparison.ts';

/** Whether all came to the same, in a line. */
export function verdictOf({ paths, deliveries, differences }: ScenarioComparison): string {
  if (differences.length > 0) return 'not the same deliveries on all of them';
  const counted = plural(deliveries, 'delivery', 'deliveries');
  if (paths.length === 1) return `${counted}; there is no other architecture to compare with`;
  const played = paths.filter(({ unplayable }) => unplayable === undefined).length;
  const where =
    played === paths.length
      ? `all ${played} architectures`
      : `the ${played} of ${paths.length} architectures that can play it`;
  return `the same ${counted} on ${where}`;
}
