import type { Row } from '../../../src/flows/manufacturing/input.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** What is to be said of one line, worked out from whole lists; a line each. */
export function expectedOf(rows: readonly Row[]): readonly string[] {
  const said: string[] = [];
  const groups = rows.filter(({ kind }) => kind === 'group');
  const means = groups.map(({ values }) => mean(values));
  const ranges = groups.map(({ values }) => Math.max(...values) - Math.min(...values));
  const centre = mean(means.slice(0, 8));
  const reach = 0.577 * mean(ranges.slice(0, 8));
  for (const [index, value] of means.entries()) {
    for (const [piece, diameter] of (groups[index]?.values ?? []).entries())
      if (diameter > 62 || diameter < 58) said.push(`rejected ${index + 1} ${piece + 1}`);
    if (index < 8) continue;
    const up = value > centre;
    const far = (each: number, sigmas: number): boolean =>
      up ? each - centre > (sigmas * reach) / 3 : centre - each > (sigmas * reach) / 3;
    const count = (of: number, sigmas: number): number =>
      means.slice(Math.max(0, index + 1 - of), index + 1).filter((each) => far(each, sigmas)).length;
    if (far(value, 3)) said.push(`signal ${index + 1} beyond_3_sigma`);
    if (far(value, 2) && count(3, 2) >= 2) said.push(`signal ${index + 1} 2_of_3_beyond_2_sigma`);
    if (far(value, 1) && count(5, 1) >= 4) said.push(`signal ${index + 1} 4_of_5_beyond_1_sigma`);
    if (count(8, 0) === 8) said.push(`signal ${index + 1} 8_on_one_side`);
    if ((ranges[index] ?? 0) > 2.114 * mean(ranges.slice(0, 8))) said.push(`signal ${index + 1} range`);
  }

  // Who shuts the line down, and who adjusts it.
  const allowed = { offset: 0, isShut: false, celsius: 0 };
  let heardS: number | null = null;
  let group = 0;
  const shut = (reason: string): void => {
    if (!allowed.isShut) said.push(`shut ${reason}`);
    allowed.isShut = true;
  };
  const listen = (untilS: number): void => {
    if (heardS === null || untilS < heardS + 30) return;
    heardS = null;
    shut('sensor_silent');
  };
  let [grams, isLow] = [0, false];
  for (const { atMs, kind, values, by } of rows) {
    const atS = atMs / 1000;
    listen(atS);
    if (kind === 'temperature') {
      heardS = atS;
      allowed.celsius = values[0] ?? 0;
      if (allowed.celsius > 260) shut('too_hot');
    }
    if (kind === 'lot') heardS = null;
    if (kind === 'refill') {
      grams += values[0] ?? 0;
      isLow &&= grams < 1000;
    }
    if (kind === 'reset' && by === 'chief' && allowed.isShut && allowed.celsius <= 260) {
      allowed.isShut = false;
      said.push('reset');
    }
    if (kind !== 'group') continue;
    group++;
    grams -= 60;
    if (grams < 1000 && !isLow) said.push(`low ${group}`);
    isLow = grams < 1000;
    if (group <= 8 || allowed.isShut) continue;
    allowed.offset += 0.3 * (mean(values) - 60);
    said.push(`adjusted ${group} ${allowed.offset.toFixed(6)}`);
  }
  listen((rows.at(-1)?.atMs ?? 0) / 1000 + 10);
  return said.sort();
}
