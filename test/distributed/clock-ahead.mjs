// Loaded into a process before anything else: its clock on the wall goes wrong by so many hours.
const hours = Number(process.env.CLOCK_AHEAD_HOURS ?? 0);
const now = Date.now;
Date.now = () => now() + hours * 3_600_000;
