import { health } from './health.ts';
import type { Operation } from './operation.ts';
import { welcome } from './welcome.ts';

/** All that the API does, in the order of its document. */
export const operations: readonly Operation[] = withWelcome([...health]);

function withWelcome(rest: readonly Operation[]): readonly Operation[] {
  return [welcome(rest), ...rest];
}
