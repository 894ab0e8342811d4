import { InvalidArgumentError } from 'commander';

/** The value of a flag that takes a whole number; commander names the flag when it is none. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 0 to 999999999.');
}
