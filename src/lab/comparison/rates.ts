import { inGroups } from '../../report/index.ts';

/** A share of a sample, and where it lies with 95 % certainty. */
export interface Rate {
  readonly share: number;
  readonly least: number;
  readonly most: number;
}

/** Of a normal distribution, 95 % lie within so many standard deviations. */
const z = 1.96;

/** By Wilson's score interval, which holds for few and for none as well. @param of more than none */
export function rateOf(hits: number, of: number): Rate {
  const share = hits / of;
  const middle = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const reach = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return { share, least: Math.max(0, middle - reach), most: Math.min(1, middle + reach) };
}

/** `120 (82–172)`: of a thousand. */
export function perThousand(hits: number, of: number): string {
  const { share, least, most } = rateOf(hits, of);
  const [found, from, to] = [share, least, most].map((each) => inGroups(Math.round(each * 1000)));
  return `${found} (${from}–${to})`;
}
