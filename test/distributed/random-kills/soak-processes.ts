import { seededRandom } from '../../../src/kernel/index.ts';
import { plural } from '../../../src/report/index.ts';
import { type Accident, type Judgement, leaseSeconds } from './judgement.ts';
import { storm } from './storm.ts';

/** How many consumers each deployment has, one after the other. */
const usualFleets = [1, 2, 4];

/** @returns what is wrong with it, a line each; none: every promise was kept. */
export function brokenPromises(judgement: Judgement): string[] {
  const { lost, unasked, disordered, repeatedWithout, deaths, accidents } = judgement;
  const late = accidents.filter(({ takeOverMs }) => takeOverMs >= 2 * leaseSeconds * 1000);
  return [
    ...lost.map((id) => `lost: ${id}`),
    ...unasked.map((id) => `unasked: ${id}`),
    ...disordered.map((id) => `out of order: ${id}`),
    ...repeatedWithout.map((moments) => `said again without an accident: at ${moments}`),
    ...late.map(
      ({ takeOverMs, victims }) => `taken over after ${takeOverMs.toFixed(0)} ms: ${victims.join(', ')}`,
    ),
    ...deaths,
  ];
}

export interface SoakProcessesOptions {
  /** Of all deployments together. */
  readonly kills: number;
  readonly seed: number;
  print(line: string): void;
  /** Of the only deployment. Left out: one, two and four, one deployment after the other. */
  readonly consumers?: number;
  /** What a process runs. */
  readonly program: readonly string[];
  /** Told of what happens meanwhile. */
  note(line: string): void;
}

/** Storms deployments. @returns whether every promise was kept. */
export async function soakProcesses(options: SoakProcessesOptions): Promise<boolean> {
  const { kills, seed, consumers, program, print, note } = options;
  const fleets = consumers === undefined ? usualFleets : [consumers];
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code));
  let isWell = true;
  for (const [nr, workers] of fleets.entries()) {
    const share = Math.floor((kills + nr) / fleets.length);
    if (share === 0) continue;
    const startedMs = performance.now();
    const onAccident = ({ victims, takeOverMs }: Accident): void =>
      note(`  ${victims.join(', ')}: told again after ${takeOverMs.toFixed(0)} ms`);
    const onKill = (victim: string): void => note(`${workers}: kill -9 of the ${victim}`);
    const judgement = await storm({
      workers,
      kills: share,
      random: seededRandom(seed + workers),
      onKill,
      onAccident,
      program,
    });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    print(
      `${plural(workers, 'consumer')}, ${plural(share, 'kill')}, seed ${seed}, ${seconds} s: ${told(judgement)}`,
    );
    const broken = brokenPromises(judgement);
    for (const line of broken) print(`broken: ${line}`);
    isWell &&= broken.length === 0;
  }
  return isWell;
}

function told({ accidents, promised, repeated, latestAgainMs }: Judgement): string {
  const times = accidents.map(({ takeOverMs }) => takeOverMs).sort((one, other) => one - other);
  const at = (share: number): string => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(0);
  return `${plural(promised, 'notification')}, ${repeated} said again under the same key (${latestAgainMs.toFixed(0)} ms later at most); told again after ${at(0.5)} ms, ${at(1)} ms at most`;
}
