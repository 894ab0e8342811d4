import { scrypt, timingSafeEqual } from 'node:crypto';
import { policy } from './policy.ts';

/** Makes hashes of passwords: slow, and of much memory, on purpose. */
export interface Hasher {
  /** In PHC form, with the cost and the salt in it. */
  hash(password: string, salt: Uint8Array): Promise<string>;
  /** Takes as long as `hash` did, whether it is right or not. */
  verify(password: string, hash: string): Promise<boolean>;
  /** That of no password, at the cost of today: who asks for an account that is not there waits as long. */
  readonly ofNobody: string;
}

const blockSize = 8;
const hashBytes = 32;
/** What scrypt takes beside its blocks, and more. */
const overheadBytes = 1024 * 1024;

/**
 * scrypt on threads of libuv, off the event loop.
 * @param costLog2 17: N = 131,072, of which one hash takes 128 MiB, and some 0.4 s.
 */
export function scryptHasher(costLog2 = 17): Hasher {
  const derive = (password: string, salt: Uint8Array, log2: number): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const N = 2 ** log2;
      const cost = { N, r: blockSize, p: 1, maxmem: N * blockSize * 128 + overheadBytes };
      scrypt(password, salt, hashBytes, cost, (error, key) => (error ? reject(error) : resolve(key)));
    });
  const phcOf = (salt: Uint8Array, key: Uint8Array): string =>
    `$scrypt$ln=${costLog2},r=${blockSize},p=1$${unpadded(salt)}$${unpadded(key)}`;
  return {
    ofNobody: phcOf(new Uint8Array(16), new Uint8Array(hashBytes)),
    async hash(password, salt) {
      return phcOf(salt, await derive(password, salt, costLog2));
    },
    async verify(password, hash) {
      const [, , cost = '', salt = '', expected = ''] = hash.split('$');
      const log2 = Number(/ln=(\d+)/.exec(cost)?.[1]);
      const key = await derive(password, Buffer.from(salt, 'base64'), log2);
      return timingSafeEqual(key, Buffer.from(expected, 'base64'));
    },
  };
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** In UTF-16; who sends more is not even normalised. */
const longestTyped = 4096;

/** As it is hashed: the same for whatever keyboard it was typed on. Undefined: longer than any can be, since none is cut. */
export function preparedPassword(typed: string): string | undefined {
  if (typed.length > longestTyped) return undefined;
  const password = typed.normalize('NFKC');
  return lengthOf(password) > policy.password.longest ? undefined : password;
}

export const lengthOf = (text: string): number => [...text].length;
