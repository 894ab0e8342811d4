import { expect, test } from 'vitest';
import { runCli } from '../../support/command-line.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

test('what is held back by the open breaker is told apart from what failed', async () => {
  const file = temporaryFile('shop.db');
  await runCli('demo', 'order-shipped', '--fault', 'email-down', '--leave-broken', '--data', file);

  const { stdout } = await runCli('explain', 'ord-1004', '--data', file);
  const { stdout: status } = await runCli('status', '--data', file);

  const words = stdout.replaceAll(/[\s│├└─]+/g, ' ');
  expect(words).toContain('provider_unavailable: the provider is unavailable; it will be tried again');
  expect(words).toContain(
    'circuit_open: held back by the open circuit breaker, since the provider kept failing (until 10:01:01.107)',
  );
  expect(status).toMatch(/breaker\s+open/);
});
