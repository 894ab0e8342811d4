import { expect, test } from 'vitest';
import type { PipelineSettings } from '../../src/pipeline-runtime/index.ts';
import { aPipeline } from './a-pipeline.ts';

test.each<[PipelineSettings, string]>([
  [{ handlerTimeoutMs: 0 }, 'handlerTimeoutMs'],
  [{ handlerTimeoutMs: Number.NaN }, 'handlerTimeoutMs'],
  [{ handlerTimeoutMs: 1.5 }, 'handlerTimeoutMs'],
  [{ retryAttempts: -1 }, 'retryAttempts'],
  [{ retryBaseDelayMs: -1 }, 'retryBaseDelayMs'],
  [{ retryBaseDelayMs: Number.POSITIVE_INFINITY }, 'retryBaseDelayMs'],
  [{ maxHops: 0 }, 'maxHops'],
  [{ maxConsecutiveFailures: 0 }, 'maxConsecutiveFailures'],
  [{ deadLetterCapacity: 0 }, 'deadLetterCapacity'],
  [{ onEnqueueFailure: 'panic' as 'fail' }, 'onEnqueueFailure'],
  [{ onHandlerFailure: 'panic' as 'log' }, 'onHandlerFailure'],
  [{ maxHop: 3 } as PipelineSettings, 'maxHop'],
])('%j is refused, and the refusal names it', (settings, name) => {
  expect(() => aPipeline({ stages: [], settings })).toThrow(
    expect.objectContaining({ code: 'bad_pipeline_setting', message: expect.stringContaining(name) }),
  );
});

test('every complaint is made at once', () => {
  expect(() => aPipeline({ stages: [], settings: { maxHops: 0, retryAttempts: -1 } })).toThrow(
    /retryAttempts: .*maxHops: /,
  );
});

test('retrying is switched off by zero attempts, and waiting by a base delay of zero', () => {
  expect(() => aPipeline({ stages: [], settings: { retryAttempts: 0, retryBaseDelayMs: 0 } })).not.toThrow();
});
