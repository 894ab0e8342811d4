import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const directory = new URL('../../examples/', import.meta.url);
const files = readdirSync(directory).filter((name) => name.endsWith('.ts'));
const source = (name: string): string => readFileSync(new URL(name, directory), 'utf8');

const importsOf = (name: string): string[] =>
  [...source(name).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, path]) => path ?? '');

async function run(name: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', `examples/${name}`], {
    cwd: new URL('..', directory),
  });
  return stdout;
}

describe('an example', () => {
  it.each(files)('%s comes in through the doors, and through none of a publisher', (name) => {
    const paths = importsOf(name);

    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths)
      expect(path).toMatch(/^node:|^\.\/[a-z-]+\.ts$|^\.\.\/src\/[a-z-]+\/index\.ts$/);
    for (const path of paths) expect(path).not.toMatch(/\/(services|event-sourced)\//);
  });

  it.each(files)('%s is short enough to read in a minute', (name) => {
    expect(source(name).split('\n').length).toBeLessThanOrEqual(70);
  });
});

describe('run by itself, it says what it has seen:', () => {
  it.concurrent('loyalty-points.ts', async () => {
    expect(await run('loyalty-points.ts')).toBe('mia has 100 points\nnoah has 0 points\n');
  });

  it.concurrent('order-analytics.ts', async () => {
    expect(await run('order-analytics.ts')).toBe(
      'placed    0\nshipped   1\ndelivered 1\ncancelled 1\nrevenue   69.98 USD\n',
    );
  });

  it.concurrent('real-shop.ts', async () => {
    expect(await run('real-shop.ts')).toBe('mia is new\nmia@example.com  Welcome to Hill & Valley Cycles\n');
  });

  it.concurrent('chat-channel.ts', async () => {
    const lines = (await run('chat-channel.ts')).trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(/^@mia {2}Hill & Valley Cycles: .*order-[12]/);
  });
});

describe('the page about the examples', () => {
  const page = readFileSync(new URL('README.md', directory), 'utf8');

  it.each(files)('mentions %s', (name) => {
    expect(page).toContain(name);
  });
});
