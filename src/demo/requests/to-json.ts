import type { Report, RequestResult } from '../../flows/notification-requests/index.ts';
import type { Ending } from './describe-report.ts';

/** The whole run as one JSON object: the requests, and what `describeReport` shows. */
export function toJson(run: Report & Ending & { requests: readonly RequestResult[] }): string {
  const {
    kind,
    requests,
    deadLetters,
    audit,
    statistics,
    activity,
    tally,
    isWell,
    isComplete,
    wallMs,
    load,
  } = run;
  const flat = requests.map(({ request, ...result }) => ({ ...result, ...request }));
  const summary = { tally, isWell, isComplete, wallMs: Math.round(wallMs), load };
  return JSON.stringify(
    { kind, requests: flat, deadLetters, audit, statistics, activity, ...summary },
    null,
    2,
  );
}
