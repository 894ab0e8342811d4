import type { Guest, ServedApp, Surroundings } from '../../http/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { Changes } from './changes.ts';
import { LiveLab } from './live-lab.ts';
import { Playing } from './playing.ts';
import { addLabRoutes } from './routes.ts';

export interface LabOptions {
  /** For the datastores of the columns; the caller's, who removes it when all is closed. */
  readonly folder: string;
  readonly seed?: number;
  readonly clock: Clock;
}

/** The lab, to be served: its page is at `/lab`. */
export interface LabGuest extends Omit<Guest, 'addRoutes'> {
  addRoutes(app: ServedApp, around: Pick<Surroundings, 'places'>): void;
  /** Starts the four processes; they are started when somebody asks for the page, too. */
  start(): Promise<void>;
}

export function labGuest({ folder, seed, clock }: LabOptions): LabGuest {
  const changes = new Changes(clock);
  const lab = new LiveLab({ folder, ...(seed !== undefined && { seed }), onChange: changes.tell });
  const playing = new Playing(lab, clock, changes.tell);
  return {
    start: () => lab.start(),
    place: { path: '/lab', name: 'Lab' },
    addRoutes: (app, { places }) => addLabRoutes(app, { lab, playing, changes, places }),
    async close() {
      playing.play(0);
      changes.end();
      await lab.close();
    },
  };
}
