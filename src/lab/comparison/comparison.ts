import type { PathStep } from '../../report/index.ts';

/** What `npm run compare` found out. Every figure comes from a run of this code or from its import graph. */
export interface Comparison {
  /** In the order of the columns. */
  readonly architectures: readonly string[];
  /** What the times, the throughput and the memory were measured on: `Node 20.19, 2 cores`. */
  readonly machine: string;
  readonly scenarios: readonly ScenarioComparison[];
  readonly coupling: readonly Coupling[];
  readonly hops: readonly HopCount[];
  /** Empty when it was left out. */
  readonly behaviour: readonly Behaviour[];
  readonly faults: readonly FaultOutcome[];
  readonly learning: readonly Learning[];
  readonly explanations: readonly ExplanationCost[];
  readonly divergences: readonly DeclaredDivergence[];
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
 * Times in milliseconds by the clock on the wall, with a provider that takes 50 ms. All but the hops depend
 * on the machine.
 */
export interface Behaviour extends HopCount {
  /** How what happens is handed over: the bus by its name, or when the call is made. */
  readonly handOver: string;
  /** From the command to the hand-over to the provider. */
  readonly handOverMs: Percentiles;
  /** From the command to its return to the caller. */
  readonly callerMs: Percentiles;
  readonly deliveriesPerSecond: number;
  readonly peakMb: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** What one fault did to one architecture that hands over in one way, in virtual time: the same on every machine. */
export interface FaultOutcome {
  readonly fault: string;
  /** What was done to it, in a line. */
  readonly title: string;
  readonly architecture: string;
  /** How what happens is handed over: the bus by its name, or when the call is made. */
  readonly handOver: string;
  /** How many runs that is: a crash is tried at every operation. */
  readonly runs: number;
  /** Deliveries that ought to have reached the provider in all runs together. */
  readonly expected: number;
  /** Of those, how many never did. */
  readonly lost: number;
  /** How many more did than ought to. */
  readonly doubled: number;
  /** Of those, how many under the key of the first, by which the provider can tell. */
  readonly doubledUnderSameKey: number;
  /** In how many of the runs anything was lost, or doubled. */
  readonly runsThatLost: number;
  readonly runsThatDoubled: number;
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
