import type { Context, Hono } from 'hono';
import { HttpError, type Problem } from '../problem.ts';

/**
 * Asks the API, as anybody else does: `/v1/status` → what it answers.
 * @throws {HttpError} the API refuses.
 */
export type Ask = <T>(path: string) => Promise<T>;

/** For whoever asked for a page: with their name of this server, their token, and counted as theirs. */
export function askingFor(app: Hono, { req, env }: Context): Ask {
  const headers: Record<string, string> = {};
  for (const name of ['host', 'authorization']) {
    const value = req.header(name);
    if (value !== undefined) headers[name] = value;
  }
  return async <T>(path: string) => {
    const response = await app.request(path, { headers }, env ?? {});
    const body: unknown = await response.json();
    if (response.ok) return body as T;
    const { status, code, detail, help } = body as Problem;
    throw new HttpError(status, code, { message: detail, help });
  };
}

/** What is answered, or why nothing is. */
export const answerOf = <T>(asked: Promise<T>): Promise<T | HttpError> =>
  asked.catch((thrown: unknown) => {
    if (thrown instanceof HttpError) return thrown;
    throw thrown;
  });
