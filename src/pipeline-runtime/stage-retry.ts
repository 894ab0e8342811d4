import { defaultRetryPolicy, type RetryPolicy } from '../kernel/index.ts';
import type { PipelineSettings } from './settings.ts';
import type { Stage } from './stage.ts';

export interface StageRetry {
  /** How often a message is handed to the stage again. */
  readonly attempts: number;
  /** As the bus is to be asked; undefined: as it does by itself. */
  readonly policy: RetryPolicy | undefined;
}

/** As the stage says, and where it does not, as the settings do. */
export function retryOf(
  { retry = {} }: Pick<Stage<never, never>, 'retry'>,
  settings: Required<PipelineSettings>,
): StageRetry {
  const { handlerRetryAttempts, retryBaseDelayMs, retryJitter } = settings;
  const { attempts = handlerRetryAttempts, baseDelayMs = retryBaseDelayMs, jitter = retryJitter } = retry;
  if (attempts === 0) return { attempts, policy: undefined };
  const policy = { ...defaultRetryPolicy, maxAttempts: attempts + 1, initialDelayMs: baseDelayMs, jitter };
  return { attempts, policy };
}
