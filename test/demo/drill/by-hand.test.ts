import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ran, runCli } from '../../support/command-line.ts';

let file = '';
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'drill-')), 'shop.db');
});
afterEach(() => rmSync(join(file, '..'), { recursive: true }));

/** The commands of the README's block about failing providers, as they are typed there. */
function drillInReadme(): string[] {
  const readme = readFileSync('README.md', 'utf8');
  const block = /## When a provider fails[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  return block.split('\n').flatMap((line) => line.replace(/\s+#.*$/, '').trim() || []);
}

/** As npm would: its own `--` goes, and everything else reaches the command. */
function type(command: string): Promise<Ran> {
  const words = command
    .replace(/^npm run /, '')
    .replace(/ shop\.db/, ` ${file}`)
    .split(' ');
  return runCli(...words.filter((word) => word !== '--'));
}

test('the four commands of the README break a provider, show it, mend it, and show that it is well', async () => {
  const commands = drillInReadme();
  expect(commands).toHaveLength(4);

  const [broken, seen, mended, healed] = [
    await type(commands[0] ?? ''),
    await type(commands[1] ?? ''),
    await type(commands[2] ?? ''),
    await type(commands[3] ?? ''),
  ];

  expect([broken, seen, mended, healed].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(broken.stdout).toContain('⚡ email circuit breaker open');
  expect(broken.stdout).toContain('1 sent + 1 skipped + 2 dead-lettered + 0 pending');
  expect(seen.stdout).toMatch(/dead-lettered +2 +2 +0\n/);
  expect(seen.stdout).toMatch(/circuit breaker +open +closed\n/);
  expect(mended.stdout).toContain('✓ ada   email Your order ord-1001 is on its way');
  expect(mended.stdout).toContain('2 re-driven: 2 sent');
  expect(healed.stdout).toMatch(/dead-lettered +0 +0 +0\n/);
  expect(healed.stdout).toMatch(/circuit breaker +closed +closed\n/);
});

test('the demo ends with the commands that look at what it has left, and mend it', async () => {
  const { stdout } = await type(
    'npm run demo order-shipped -- --fault email-down --leave-broken --data shop.db',
  );

  const hints = [...stdout.matchAll(/npm run (?:status|dead-letters|explain) .*--data \S+/g)].map(
    ([hint]) => hint,
  );
  expect(hints).toHaveLength(4);
  for (const hint of hints) expect(await type(hint)).toMatchObject({ code: 0, stderr: '' });
});
