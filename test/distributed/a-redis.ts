import type { TestProject } from 'vitest/node';
import { redisProgram, startRedis } from './redis-server.ts';

const missing =
  'test:distributed needs redis-server (Debian: apt-get install redis-server), or REDIS_SERVER to say where it is.';

/** A server of Redis's for as long as the tests run, which writes down what it is given. */
export default async function aRedis(project: TestProject): Promise<() => Promise<void>> {
  if (redisProgram() === undefined) {
    process.stderr.write(`${missing}\n`);
    process.exit(1);
  }
  const server = await startRedis([['appendonly', 'yes']]);
  project.provide('redis', server.url);
  return () => server.remove();
}
