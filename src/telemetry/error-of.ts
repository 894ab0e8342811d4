import { AppError } from '../kernel/index.ts';

/** What a span says of an error: its code or its name, and none of its words, which may name people. */
export function errorOf(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.code;
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
