/**
 * What everything stands on: time, ids, randomness, errors, files and lines.
 *
 * @example
 * ```ts
 * import { createIds, seededRandom, VirtualClock } from './src/kernel/index.ts';
 *
 * const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
 * clock.schedule(clock.now() + 60_000, () => console.log('a minute later'));
 * await clock.advanceTo(clock.now() + 60_000, async () => {});
 * console.log(createIds(clock, seededRandom(1)).next());
 * ```
 */
export { Alarm } from './alarm.ts';
export { defaultRetryPolicy, type RetryPolicy, retryDelayMs } from './backoff.ts';
export { type BatcherOptions, createBatcher } from './batcher.ts';
export {
  type BreakerPolicy,
  type BreakerState,
  CircuitBreaker,
  defaultBreakerPolicy,
  type Permit,
} from './circuit-breaker.ts';
export { type Cancel, type Clock, systemClock, VirtualClock } from './clock.ts';
export { type CsvRecord, csvRecords } from './csv-records.ts';
export { deepFreeze } from './deep-freeze.ts';
export { type Defect, defectOf } from './defect.ts';
export { AppError, type AppErrorOptions, InputError, messageOf } from './errors.ts';
export { LostLinesError, noCommands, type ReadingProgress, readChunks, sizeOf } from './files.ts';
export { GrowingDelay } from './growing-delay.ts';
export { Heap } from './heap.ts';
export { createIds, type Ids } from './ids.ts';
export { InFlightCounter } from './in-flight.ts';
export { intercept } from './intercept.ts';
export { type JsonPath, pathInWords, repeatedMembers } from './json.ts';
export { type Line, splitLines } from './lines.ts';
export { createLogger, type LogFields, type Logger, type LogLevel, silentLogger } from './log.ts';
export { nodeArguments } from './node-arguments.ts';
export { createObserver } from './observer.ts';
export { onceMore } from './once-more.ts';
export { Pace, type Term } from './pace.ts';
export { Queue } from './queue.ts';
export { quote } from './quote.ts';
export { type Random, seededRandom, systemRandom } from './random.ts';
export { RecentCount } from './recent-count.ts';
export { RecentMap } from './recent-map.ts';
export { rememberLast } from './remember-last.ts';
export { Ring } from './ring.ts';
export { steadyClock } from './steady-clock.ts';
export { readTable } from './table.ts';
export { timeLimit } from './time-limit.ts';
export { type Limited, TimeLimits } from './time-limits.ts';
