export { Alarm } from './alarm.ts';
export { defaultRetryPolicy, type RetryPolicy, retryDelayMs } from './backoff.ts';
export { type BatcherOptions, createBatcher } from './batcher.ts';
export { type Cancel, type Clock, systemClock, VirtualClock } from './clock.ts';
export { AppError, type AppErrorOptions, InputError, messageOf } from './errors.ts';
export { createIds, type Ids } from './ids.ts';
export { createLogger, type LogFields, type Logger, type LogLevel, silentLogger } from './log.ts';
export { type Random, seededRandom, systemRandom } from './random.ts';
export { Ring } from './ring.ts';
