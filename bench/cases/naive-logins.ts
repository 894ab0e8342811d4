import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import { seededRandom } from '../../src/kernel/index.ts';
import type { Measured } from '../measure.ts';

const hashOf = (password: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password, salt, 32, { N: 2 ** 10, r: 8, p: 1 }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );

/**
 * The work of accounts by itself: a registration is judged and hashed, a link followed, a login hashed, counted and given a session. Two
 * hashes at a time, over objects in memory; no messages, no schemas, no state that is committed, no mails.
 */
export async function naiveLogins(count: number): Promise<Measured> {
  const random = seededRandom(1);
  const users = Math.max(1, Math.ceil(count / 20));
  const jobs = Array.from({ length: count }, (_, index) => {
    const user = index < 2 * users ? index % users : Math.floor(random.next() * users);
    const kind = random.next();
    const is = index < users ? 'register' : index < 2 * users ? 'link' : 'login';
    const right = `correct horse battery staple ${user}`;
    const email = is === 'login' && kind < 0.05 ? `nobody-${index}@example.com` : `user-${user}@example.com`;
    return { is, email, password: is === 'login' && kind < 0.15 ? 'a wrong one' : right };
  });
  const startedMs = performance.now();
  const dictionary = { ...common.dictionary, ...english.dictionary };
  const meter = new ZxcvbnFactory({
    dictionary,
    graphs: common.adjacencyGraphs,
    maxLength: 48,
    l33tMaxSubstitutions: 2,
  });
  const accounts = new Map<string, { hash: Buffer; isVerified: boolean; failures: number }>();
  const sessions = new Map<string, string>();
  const nobody = { hash: Buffer.alloc(32), isVerified: false, failures: 0 };
  let done = 0;
  const work = async ({ is, email, password }: (typeof jobs)[number]): Promise<void> => {
    const account = accounts.get(email) ?? nobody;
    if (is === 'register') {
      if (meter.check(password, [email]).score < 3) throw new Error('a password is weak');
      accounts.set(email, { hash: await hashOf(password, email), isVerified: false, failures: 0 });
    } else if (is === 'link') account.isVerified = true;
    else if (timingSafeEqual(await hashOf(password, email), account.hash) && account.isVerified) {
      account.failures = 0;
      sessions.set(email, createHmac('sha256', 'key').update(`${email} ${done}`).digest('base64url'));
    } else account.failures++;
    done++;
  };
  const queue = jobs.values();
  const worker = async (): Promise<void> => {
    for (const job of queue) await work(job);
  };
  await Promise.all([worker(), worker()]);
  const tookMs = performance.now() - startedMs;
  if (done !== count || sessions.size === 0) throw new Error('somebody was not let in');
  return { deliveries: count, tookMs };
}
