const utc = (atMs: number): string => new Date(atMs).toISOString().replace('T', ' ');

/** `2026-03-02`; all moments are in UTC. */
export const day = (atMs: number): string => utc(atMs).slice(0, 10);

/** `2026-03-02 10:00` */
export const minute = (atMs: number): string => utc(atMs).slice(0, 16);

/** `2026-03-02 10:00:07` */
export const moment = (atMs: number): string => utc(atMs).slice(0, 19);

/** `2026-03-02 10:00:07.123`, without milliseconds where there are none. */
export const exactMoment = (atMs: number): string => utc(atMs).replace(/(\.000)?Z$/, '');
