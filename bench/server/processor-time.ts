import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in these, whatever the machine. */
const ticksPerSecond = 100;

/** A line of /proc/PID/stat, behind the name of the program, which may hold anything. */
const statOf = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');

/** What a process has used, and those that it has started and seen end. */
interface Used {
  readonly parent: number;
  readonly ticks: number;
  readonly ofTheEnded: number;
}

function usedBy(pid: number): Used | undefined {
  try {
    const stat = statOf(pid);
    const [user, system, endedUser, endedSystem] = stat.slice(11, 15).map(Number);
    return {
      parent: Number(stat[1]),
      ticks: (user ?? 0) + (system ?? 0),
      ofTheEnded: (endedUser ?? 0) + (endedSystem ?? 0),
    };
  } catch {
    return undefined;
  }
}

const inMs = (ticks: number): number => (ticks * 1000) / ticksPerSecond;

/** Milliseconds of processor time of these processes; undefined where the system does not say, or one has ended. */
export function processorMs(pids: readonly number[]): number | undefined {
  let ticks = 0;
  for (const pid of pids) {
    const used = usedBy(pid);
    if (used === undefined) return undefined;
    ticks += used.ticks;
  }
  return inMs(ticks);
}

/** The largest that any of these processes ever was, MB; undefined where the system does not say. */
export function peakMbOf(pids: readonly number[]): number | undefined {
  try {
    const peaks = pids.map(
      (pid) => /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1],
    );
    return Math.max(...peaks.map(Number)) / 1024;
  } catch {
    return undefined;
  }
}

/**
 * Milliseconds of processor time of a server of PostgreSQL's: of its first process, those that it has started, and those of them that have ended.
 * @param backend one that it has started; undefined where that is the number of something else, as it is of a server in a container.
 */
export function serverProcessorMs(backend: number): number | undefined {
  const parent = isOfPostgres(backend) ? usedBy(backend)?.parent : undefined;
  const root = parent === undefined ? undefined : usedBy(parent);
  if (root === undefined) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => usedBy(Number(name)))
    .filter((used) => used?.parent === parent);
  return inMs(children.reduce((sum, used) => sum + (used?.ticks ?? 0), root.ticks + root.ofTheEnded));
}

function isOfPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').startsWith('postgres');
  } catch {
    return false;
  }
}
