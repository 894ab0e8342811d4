/** A mistake in somebody's code, rather than trouble of the world. */
export interface Defect {
  /** `TypeError` */
  readonly name: string;
  /** File, line and column of the code that made it, `chat-channel.ts:20:14`; undefined when nobody can tell. */
  readonly at: string | undefined;
}

const mistakes = [TypeError, ReferenceError, RangeError, SyntaxError, URIError];

/** How undici, and so `fetch`, says that the network failed: a TypeError too, mostly with the trouble as its cause. */
const networkTrouble = new Set(['fetch failed', 'terminated', 'network error']);

/**
 * What was thrown, if it is a defect; never throws. None: a `fetch` that failed, errors of the operating system, and
 * what was read and is no JSON, since somebody else has written that.
 */
export function defectOf(thrown: unknown): Defect | undefined {
  if (!(thrown instanceof Error) || !isDefect(thrown)) return undefined;
  return { name: thrown.name, at: placeIn(thrown.stack) };
}

function isDefect(error: Error, depth = 0): boolean {
  if (isAssertion(error)) return true;
  if (!mistakes.some((kind) => error instanceof kind)) return false;
  if (error instanceof SyntaxError && error.message.includes('JSON')) return false;
  // `fetch` wraps what it met, a URL that is none among it.
  if (error.cause instanceof Error && depth < 10) return isDefect(error.cause, depth + 1);
  return !networkTrouble.has(error.message);
}

const isAssertion = (error: Error): boolean =>
  error.name === 'AssertionError' || (error as NodeJS.ErrnoException).code === 'ERR_ASSERTION';

/** The first frame of code that is not Node's own or a package's. */
function placeIn(stack: unknown): string | undefined {
  if (typeof stack !== 'string') return undefined;
  for (const [, path = '', place = ''] of stack.matchAll(/^\s+at .*?([^\s()]+?)(:\d+:\d+)\)?$/gm)) {
    if (/^node:|[/\\]node_modules[/\\]/.test(path)) continue;
    return path.replace(/^.*[/\\]/, '').replace(/\?.*$/, '') + place;
  }
  return undefined;
}
