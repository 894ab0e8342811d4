import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { allFlows } from '../src/demo/index.ts';
import { measure, measureShares, median, type Run } from './measure.ts';

/** What the sheet of a flow asks for, a second. */
const targets: Readonly<Record<string, number>> = {
  trading: 1000,
  etl: 10_000,
  authentication: 200,
  'order-saga': 500,
  iot: 10_000,
  game: 1000,
  healthcare: 200,
  manufacturing: 2000,
  learning: 2000,
  moderation: 500,
};

const twoStagesTarget = 150_000;

/** Loops that do the same work and nothing else. */
const loops: Readonly<Record<string, string>> = {
  'two-stages': 'two-functions',
  trading: 'naive-trading',
  etl: 'naive-etl',
  authentication: 'naive-logins',
  'order-saga': 'naive-orders',
  iot: 'naive-readings',
  game: 'naive-game',
  healthcare: 'naive-healthcare',
  manufacturing: 'naive-manufacturing',
  learning: 'naive-learning',
  moderation: 'naive-moderation',
};

interface FlowRow {
  readonly name: string;
  readonly count: number;
  readonly perSecond: number;
  /** Null: nobody has said. */
  readonly target: number | null;
  readonly loopPerSecond: number | null;
  /** How often as long as the loop. */
  readonly timesLoop: number | null;
  readonly peakMb: number;
}

/** What hashing at its full cost comes to. */
interface LoginFigures {
  /** One login after the other. */
  readonly login: Run;
  /** Two hundred at the same moment, and how long others wait for a mail meanwhile. */
  readonly atOnce: Run;
}

interface FlowFigures {
  readonly rows: readonly FlowRow[];
  readonly logins: LoginFigures;
  readonly shares: ReadonlyMap<string, number>;
}

/** Measures two stages and each flow of the gallery, each beside its loop, where there is one. */
export async function measureFlows(
  rounds: number,
  progress: <T>(label: string, work: () => Promise<T>) => Promise<T>,
): Promise<FlowFigures> {
  const rows = [await progress('two stages', () => rowOf('two-stages', 'two-stages', 200_000, rounds))];
  for (const { name } of await allFlows()) {
    const count = Math.min(20_000, (targets[name] ?? 500) * 4);
    rows.push(await progress(name, () => rowOf(name, `flow:${name}`, count, rounds)));
  }
  const logins = {
    login: await progress('logins', () => measure('logins', 30)),
    atOnce: await progress('logins at once', () => measure('logins-at-once', 200)),
  };
  const shares = await progress('profile', () => measureShares('two-stages', 200_000));
  return { rows, logins, shares };
}

const perSecond = ({ deliveries, tookMs }: Run): number => Math.round((deliveries * 1000) / tookMs);

/** The run and its loop follow each other, so that the ratio holds on a machine whose speed drifts. */
async function rowOf(name: string, runCase: string, size: number, rounds: number): Promise<FlowRow> {
  const loopCase = loops[name];
  const [runs, loopRuns, ratios]: [Run[], Run[], number[]] = [[], [], []];
  for (let round = 1; round <= rounds; round++) {
    const run = await measure(runCase, size);
    runs.push(run);
    if (loopCase === undefined) continue;
    const loop = await measure(loopCase, size);
    loopRuns.push(loop);
    ratios.push(run.tookMs / loop.tookMs);
  }
  const run = median(runs);
  ratios.sort((one, other) => one - other);
  return {
    name,
    count: run.deliveries,
    perSecond: perSecond(run),
    target: name === 'two-stages' ? twoStagesTarget : (targets[name] ?? null),
    loopPerSecond: loopRuns.length === 0 ? null : perSecond(median(loopRuns)),
    timesLoop: ratios[Math.floor(ratios.length / 2)] ?? null,
    peakMb: Math.round(run.peakMb),
  };
}

const kept = new URL('./flows.json', import.meta.url);

/** Writes down what was measured, when, on what, and how many programs wanted its processors at the end. */
export function keepFigures(rows: readonly FlowRow[], logins: LoginFigures): void {
  const [load = 0] = loadavg();
  const machine = { node: process.version, cores: cpus().length, load: Math.round(load) };
  const on = { date: new Date().toISOString().slice(0, 10), ...machine };
  writeFileSync(kept, `${JSON.stringify({ on, rows, logins }, null, 2)}\n`);
}

/** A line for each. */
export function loginLines({ login, atOnce }: LoginFigures): string[] {
  const inMs = (ms = Number.NaN): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
  return [
    `A login with scrypt, N = 131,072: p50 ${inMs(login.latencyMs?.p50)}, p99 ${inMs(login.latencyMs?.p99)} (target 700 ms).`,
    `${atOnce.deliveries} at the same moment: ${perSecond(atOnce)} a second; meanwhile a link leads to its mail in p99 ${inMs(atOnce.latencyMs?.p99)}.`,
  ];
}

const figure = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en'));

/** A line each, under a heading. */
export function flowTable(rows: readonly FlowRow[]): string[] {
  const heading = ['', 'events', 'a second', 'target', 'loop, a second', 'times the loop', 'peak memory'];
  const lines = rows.map(({ name, count, timesLoop, peakMb, ...each }) => [
    name,
    figure(count),
    figure(each.perSecond),
    figure(each.target),
    figure(each.loopPerSecond),
    timesLoop === null ? '–' : timesLoop.toFixed(0),
    `${peakMb} MB`,
  ]);
  const all = [heading, ...lines];
  const widths = heading.map((_, column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  return all.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[column] ?? 0) + 2),
      )
      .join(''),
  );
}
