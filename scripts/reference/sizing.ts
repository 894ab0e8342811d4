/** What a delivery takes, as `npm run bench -- workers` has measured it with one worker. */
export interface UnitCosts {
  /** Microseconds of processor time: of the process that consumes and sends, of one that publishes, and of the server. */
  readonly workerMicros: number;
  readonly publisherMicros: number;
  readonly serverMicros: number;
  readonly walBytes: number;
  /** By which the tables and their indexes grow. */
  readonly storedBytes: number;
  readonly transactions: number;
  /** The memory of a process that consumes and sends, MB. */
  readonly processMb: number;
}

/** What is not measured and has to be chosen. */
export interface Assumptions {
  /** Of what a part can do, so much is planned for; the rest is for the hour in which more comes. */
  readonly share: number;
  /** Processes that consume and send, of a database: one works, the others are there to take over. */
  readonly consumers: number;
  /** What a disk takes of a log that is written one behind the other, bytes a second. */
  readonly walBytesPerSecond: number;
  /** How often a disk says that what it was given is safe, a second. */
  readonly flushesPerSecond: number;
  /** Sessions of a process: the pen, reading, and listening. */
  readonly sessions: number;
  /** Of a database's server for its own memory, MB. */
  readonly serverMb: number;
}

/** So many deliveries a second are all that this part of one database can do. */
export interface Ceiling {
  readonly part: string;
  readonly perSecond: number;
}

/**
 * What one database can do, the part that is full first at the head. One process consumes and sends, on one thread, and one session
 * writes at a time: each has a core at most, however many there are.
 */
export function ceilings(costs: UnitCosts, { walBytesPerSecond, flushesPerSecond }: Assumptions): Ceiling[] {
  return [
    { part: 'the thread of the process that is at work', perSecond: 1e6 / costs.workerMicros },
    { part: 'the session that has the pen', perSecond: 1e6 / costs.serverMicros },
    { part: 'the disk, by what the log is long', perSecond: walBytesPerSecond / costs.walBytes },
    { part: 'the disk, by how often it is waited for', perSecond: flushesPerSecond / costs.transactions },
  ].sort((one, other) => one.perSecond - other.perSecond);
}

export interface Size {
  readonly perSecond: number;
  readonly databases: number;
  readonly consumers: number;
  /** Processes that publish; one has a thread too. */
  readonly publishers: number;
  /** Of all machines together: busy, and to be had so that they are busy for the share that is planned. */
  readonly busyCores: { readonly worker: number; readonly publisher: number; readonly server: number };
  readonly cores: number;
  readonly memoryGb: number;
  /** All databases together. */
  readonly walMbPerSecond: number;
  readonly walGbPerDay: number;
  readonly storedGbPerDay: number;
  /** Of one database. */
  readonly sessions: number;
}

/** What so many deliveries a second need, of all that is counted in wholes the next whole. */
export function sizeFor(perSecond: number, costs: UnitCosts, assumed: Assumptions): Size {
  const [narrowest] = ceilings(costs, assumed);
  const databases = Math.ceil(perSecond / ((narrowest?.perSecond ?? 0) * assumed.share));
  const consumers = databases * assumed.consumers;
  const busy = (micros: number): number => (perSecond * micros) / 1e6;
  const busyCores = {
    worker: busy(costs.workerMicros),
    publisher: busy(costs.publisherMicros),
    server: busy(costs.serverMicros),
  };
  // Each database has at least one.
  const publishers = Math.max(databases, Math.ceil(busyCores.publisher / assumed.share));
  const perDay = (bytes: number): number => (perSecond * bytes * 86_400) / 1e9;
  return {
    perSecond,
    databases,
    consumers,
    publishers,
    busyCores,
    cores: Math.ceil((busyCores.worker + busyCores.publisher + busyCores.server) / assumed.share),
    memoryGb: ((consumers + publishers) * costs.processMb + databases * assumed.serverMb) / 1000,
    walMbPerSecond: (perSecond * costs.walBytes) / 1e6,
    walGbPerDay: perDay(costs.walBytes),
    storedGbPerDay: perDay(costs.storedBytes),
    sessions: (assumed.consumers + Math.ceil(publishers / databases)) * assumed.sessions,
  };
}

/** Databases that were needed if each were parted among processes and sessions, so that its server had so many cores to itself. */
export const databasesIfParted = (
  perSecond: number,
  { serverMicros, walBytes }: UnitCosts,
  { share, walBytesPerSecond }: Assumptions,
  cores: number,
): number =>
  Math.ceil(perSecond / (Math.min((cores * 1e6) / serverMicros, walBytesPerSecond / walBytes) * share));
