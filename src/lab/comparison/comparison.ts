import type { PathStep } from '../../report/index.ts';

/** What `npm run compare` found out. Every figure comes from a run of this code or from its import graph. */
export interface Comparison {
  /** In the order of the columns. */
  readonly architectures: readonly string[];
  /** What the times, the throughput and the memory were measured on: `Node 20.19, 2 cores`. */
  readonly machine: string;
  /** On which each architecture was run once more; left out: on none. */
  readonly server?: MeasuredServer;
  readonly scenarios: readonly ScenarioComparison[];
  readonly coupling: readonly Coupling[];
  readonly hops: readonly HopCount[];
  /** Empty when it was left out. */
  readonly behaviour: readonly Behaviour[];
  readonly faults: readonly FaultOutcome[];
  readonly learning: readonly Learning[];
  readonly retelling: readonly Retelling[];
  readonly explanations: readonly ExplanationCost[];
  readonly divergences: readonly DeclaredDivergence[];
}

export interface MeasuredServer {
  /** `PostgreSQL 15.14` */
  readonly name: string;
  /** `postgres://shop@127.0.0.1:5432/postgres`, without a password. */
  readonly place: string;
}

/** One scenario, on every architecture that can play it. */
export interface ScenarioComparison {
  readonly scenario: string;
  readonly title: string;
  readonly paths: readonly ScenarioPath[];
  /** How many deliveries the first of them came to. */
  readonly deliveries: number;
  /**
   * What the others have less or more than the first, a line each: `pipeline: - ada order-shipped sms: sent`.
   * Empty when all came to the same deliveries.
   */
  readonly differences: readonly string[];
}

export interface ScenarioPath {
  readonly architecture: string;
  /** In the order in which they happened. Empty when it cannot play the scenario. */
  readonly steps: readonly PathStep[];
  /** Why it cannot. */
  readonly unplayable?: string;
}

/** From the import graph, and from the tables that were seen to be used. */
export interface Coupling {
  readonly architecture: string;
  readonly services: readonly ServiceCoupling[];
  /** Files that know when to tell whom. */
  readonly filesThatKnowTheRules: readonly string[];
  /** Modules outside that import the architecture's, and modules outside that it imports. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** Of the architecture's own folder, without blank lines, comments and what it admits to do otherwise. */
  readonly linesOfCode: number;
  readonly files: number;
  /** How many files a change touches, from the change sets that are kept as tests. */
  readonly filesTouched: {
    readonly event: number;
    readonly notificationType: number;
    readonly channel: number;
    readonly subscriber: number;
  };
}

export interface ServiceCoupling {
  readonly service: string;
  readonly rooms: readonly string[];
  readonly tables: readonly string[];
}

/** Messages and calls from the command to the provider: the same on every machine, however it is handed over. */
export interface HopCount {
  readonly architecture: string;
  readonly hops: number;
}

/**
 * Times in milliseconds by the clock on the wall, with a provider that takes 50 ms: of each figure, what it was in each
 * round, all variants in the same rounds. All but the hops depend on the machine.
 */
export interface Behaviour extends HopCount {
  /** How what happens is handed over: the bus by its name, or when the call is made. */
  readonly handOver: string;
  /** From the command to the hand-over to the provider. */
  readonly handOverP50Ms: readonly number[];
  readonly handOverP99Ms: readonly number[];
  /** From the command to its return to the caller. */
  readonly callerP50Ms: readonly number[];
  readonly callerP99Ms: readonly number[];
  readonly deliveriesPerSecond: readonly number[];
}

/** What one fault did to one architecture that hands over in one way, in virtual time: the same on every machine. */
export interface FaultOutcome {
  readonly fault: string;
  /** What was done to it, in a line. */
  readonly title: string;
  readonly architecture: string;
  /** How what happens is handed over: the bus by its name, or when the call is made. */
  readonly handOver: string;
  /** How many runs that is; where a run is sampled, how many times it was done. */
  readonly runs: number;
  /**
   * What was done at random times, of which the runs are a sample: what is said of them has an error of chance. Left
   * out: nothing, and the same again gives the same.
   */
  readonly sampled?: 'kill' | 'stall';
  /** Orders that ship in a second, where there is a load. */
  readonly ordersPerSecond?: number;
  /** Deliveries that ought to have reached the provider in all runs together. */
  readonly expected: number;
  /** Of those, how many never did. */
  readonly lost: number;
  /** How many more did than ought to, each under a key of its own: the customer has it twice. */
  readonly doubled: number;
  /** How many more did under the key of the first, by which the provider can tell, and drop them. */
  readonly repeated: number;
  /** In how many of the runs anything was lost, doubled, or repeated. */
  readonly runsThatLost: number;
  readonly runsThatDoubled: number;
  readonly runsThatRepeated: number;
  /** How many came later than without the fault. */
  readonly late: number;
  /** The longest that a caller had to wait beyond its usual time, in milliseconds. */
  readonly callerBlockedMs: number;
}

/** Who learns what of it, seen in a run. */
export interface Learning {
  readonly architecture: string;
  readonly handOver: string;
  /** What the caller of a command learns of what became of its notification. */
  readonly caller: 'nothing' | 'in-the-answer' | 'when-it-asks';
}

/** Who can be told later of what has happened before, seen in runs. */
export interface Retelling {
  readonly architecture: string;
  readonly handOver: string;
  /** Of the events of a day, how many somebody is handed who subscribes when it is over. */
  readonly newcomer: { readonly told: number; readonly of: number };
  /** Of the deliveries that a bug kept from customers, how many leave once it is mended and the log is replayed. */
  readonly mended: { readonly told: number; readonly of: number };
}

/** What it takes to answer "why was this customer not notified?". */
export interface ExplanationCost {
  readonly architecture: string;
  readonly askedStores: readonly string[];
}

/** A difference that an architecture admits, with the test that shows it. */
export interface DeclaredDivergence {
  readonly architecture: string;
  readonly id: string;
  readonly words: string;
  /** The file of the test, from the root of the repository. */
  readonly shownBy: string;
}
