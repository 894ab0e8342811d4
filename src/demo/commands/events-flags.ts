import type { Datastore } from '../../datastore/index.ts';
import type { ArchitectureName } from '../../shop/index.ts';

export interface EventsFlags {
  readonly data?: string;
  readonly type?: readonly string[];
  readonly subject?: string;
  readonly correlation?: string;
  readonly since?: number;
  readonly until?: number;
  readonly from?: number;
  readonly limit: number;
  readonly subscriber?: string;
  readonly module?: string;
  readonly send?: boolean;
  readonly architecture: ArchitectureName;
  readonly json?: boolean;
}

/** What is shown where no file is named. */
export const demoDatastore = async (): Promise<Datastore> =>
  (await import('../../lab/scenarios/index.ts')).loadDemoDatastore();
