import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCli } from '../../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'flags-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noBus = 'note: api-driven has no bus, so --bus durable changes nothing\n';

test('a bus that an architecture does not have is remarked upon, and the demo played', async () => {
  const ran = await runCli('demo', 'welcome', '--architecture', 'api-driven', '--bus', 'durable');

  expect(ran).toMatchObject({ code: 0, stderr: noBus });
});

test('so it is by a replay', async () => {
  const history = join(folder, 'history.ndjson');
  writeFileSync(history, '');

  const { stderr } = await runCli('replay', history, '--architecture', 'api-driven', '--bus', 'durable');

  expect(stderr).toContain(noBus);
});

test('whoever asks for no bus is told nothing', async () => {
  expect(await runCli('demo', 'welcome', '--architecture', 'api-driven')).toMatchObject({
    code: 0,
    stderr: '',
  });
});
