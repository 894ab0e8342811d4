import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError, nodeArguments } from '../../kernel/index.ts';

const program = new URL('../cli.ts', import.meta.url);

/** What the command said in place of a page. */
class ComparisonFailedError extends AppError {
  readonly code = 'comparison_failed';
}

/**
 * The page that `npm run compare -- --html` writes, from a process of its own: here nobody waits meanwhile.
 * @throws {ComparisonFailedError} there is no page.
 */
export async function measuredAside(signal: AbortSignal): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'comparison-'));
  const file = join(folder, 'comparison.html');
  try {
    const args = [...nodeArguments(program), 'compare', '--html', file];
    const failure = await promisify(execFile)(process.execPath, args, { signal }).catch((thrown) => thrown);
    // Exit code 1 is a difference that nobody has declared: then there is a page, which shows it.
    return await readFile(file, 'utf8').catch(() => {
      const said = String(failure?.stderr ?? '').trim();
      throw new ComparisonFailedError({
        message: said === '' ? 'the command has ended without a page' : said,
        help: 'Run npm run compare: it says more.',
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
