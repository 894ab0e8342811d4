/** `2026-03-02 10:00:07`, in UTC. */
export const moment = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
