import { expect, test } from 'vitest';
import { ChannelError } from '../../../src/delivery/index.ts';
import { Door } from '../../../src/flows/authentication/door.ts';
import { beginsAtMs } from '../../../src/flows/authentication/input.ts';
import { digestOf, Keys, sampleKeys } from '../../../src/flows/authentication/keys.ts';
import { zxcvbnWeakness } from '../../../src/flows/authentication/strength.ts';
import { typedSteps } from '../../../src/flows/authentication/typed.ts';
import { Vault } from '../../../src/flows/authentication/vault.ts';
import { InputError, VirtualClock } from '../../../src/kernel/index.ts';
import { buses } from '../a-life.ts';
import { CountingHasher, mailProvider, playRows, registered, row, staple } from './a-service.ts';

test.each(buses)(
  'while no mail can be sent, people register, and their mails come later (%s)',
  async (busName) => {
    const provider = mailProvider();
    let calls = 0;
    const channel = {
      ...provider.channel,
      send: async (...mail: Parameters<typeof provider.channel.send>) => {
        if (++calls <= 8) throw new ChannelError('transient', { message: '421 not now' });
        return provider.channel.send(...mail);
      },
    };
    const { of, report, outcomes } = await playRows(busName, [...registered, row(30, 'login')], { channel });

    expect(provider.subjects.toSorted()).toEqual(['ada: Confirm your address', 'ada: Welcome']);
    // After five failures it was left alone for a minute.
    const [asked, sent] = ['VerificationRequested', 'MailSent'].map((type) =>
      Date.parse(of(type)[0]?.time ?? ''),
    );
    expect((sent ?? 0) - (asked ?? 0)).toBeGreaterThan(60_000);
    expect(outcomes).toEqual(['session']);
    expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  },
);

test('a hash that cannot be made ends the attempt, and the next one is let through', async () => {
  const hasher = new CountingHasher();
  let calls = 0;
  const failing = {
    ofNobody: hasher.ofNobody,
    hash: hasher.hash.bind(hasher),
    verify: (password: string, hash: string) =>
      // Tried three times.
      ++calls <= 3 ? Promise.reject(new Error('out of memory')) : hasher.verify(password, hash),
  };
  const { outcomes, report } = await playRows(
    'in-memory',
    [...registered, row(0, 'login'), row(5, 'login')],
    {
      hasher: failing,
    },
  );

  expect(outcomes).toEqual(['failed', 'session']);
  expect(report.statistics.deadLetters).toBe(1);
});

test('a registration whose hash cannot be made has an end, and nothing of it waits on', async () => {
  const { ofNobody, verify } = new CountingHasher();
  const hash = () => Promise.reject(new Error('out of memory'));
  const { of, leftInVault } = await playRows('in-memory', [row(0, 'register')], {
    hasher: { ofNobody, verify, hash },
  });

  expect(of('RegistrationRejected').map(({ data }) => data.reasons)).toEqual([['interrupted']]);
  expect(leftInVault).toBe(0);
});

test('an attempt whose secrets went with a process that died is none, and does not count', async () => {
  class ForgetfulVault extends Vault {
    override deposit(...[attemptId, secrets]: Parameters<Vault['deposit']>): void {
      if (secrets.password !== 'lost') super.deposit(attemptId, secrets);
    }
  }
  const lost = Array.from({ length: 6 }, (_, index) => row(index, 'login', { password: 'lost' }));
  const { outcomes } = await playRows(
    'in-memory',
    [...registered, ...lost, row(7, 'login')],
    {},
    new ForgetfulVault(),
  );

  expect(outcomes).toEqual([...Array(6).fill('interrupted'), 'session']);
});

test('what was sealed opens for the same place under the same key, and nowhere else', () => {
  const keys = sampleKeys();
  const others = new Keys(new Uint8Array(32).fill(8));
  const sealed = keys.seal('a secret', 'totp of ada');
  const [id, nonce, tag, text] = sealed.split('.');

  expect(keys.open(sealed, 'totp of ada')).toBe('a secret');
  expect(keys.seal('another', 'totp of ada').split('.')[1]).not.toBe(nonce);
  expect(keys.seal('a secret', 'totp of ben').split('.')[1]).not.toBe(nonce);
  expect(() => keys.open(sealed, 'totp of ben')).toThrow(/sealed under another key, or was changed/);
  expect(() => others.open(sealed, 'totp of ada')).toThrow(/sealed under another key/);
  for (const broken of [
    `${id}.${nonce}.${tag}.${text?.slice(0, -1)}A`,
    `${id}.${nonce}.${tag?.slice(0, 6)}.${text}`,
    `${id}.${text}.${tag}.${nonce}`,
    'x',
    '',
  ])
    expect(() => keys.open(broken, 'totp of ada')).toThrow(/sealed under another key, or was changed/);
});

test('another key names accounts, tokens and cookies otherwise', () => {
  const [one, other] = [sampleKeys(), new Keys(new Uint8Array(32).fill(8))];

  expect(one.accountOf('a@b.example')).not.toBe(other.accountOf('a@b.example'));
  expect(one.tokenOf('x')).not.toBe(other.tokenOf('x'));
  expect(one.tokenOf('x')).not.toBe(one.cookieOf('x'));
  expect(digestOf(one.tokenOf('x'))).toMatch(/^[\w-]{43}$/);
});

test('a password is weak for who knows the dictionary, the address, or the length', async () => {
  const weaknessOf = zxcvbnWeakness();
  const of = (password: string) => weaknessOf(password, 'quillfeather@example.com');

  expect(
    await Promise.all(['password1', 'quillfeather.88', 'qwertyuiop', 'P@ssw0rd!', 'aaaaaaaaaaaa'].map(of)),
  ).toEqual(Array(5).fill('weak_password'));
  expect(await weaknessOf('quillfeather.88', 'ada@example.com')).toBeNull();
  expect(await of('short')).toBe('too_short');
  expect(await of('x'.repeat(257))).toBe('too_long');
  expect(await of('x'.repeat(5000))).toBe('too_long');
  expect(await of(staple)).toBeNull();
  expect(await of('ﬁ'.repeat(3))).toBe('too_short');
});

test('what is typed becomes what a row would, and a link needs a registration', () => {
  const vault = new Vault();
  const keys = sampleKeys();
  const bus = { states: { find: async () => ({ version: 0, value: undefined }) } } as never;
  const forms = typedSteps(new Door({ vault, keys, bus }));
  const type = (line: string, ...words: string[]) =>
    forms.find(({ form }) => form.startsWith(`${line} `))?.read(words, { nowMs: beginsAtMs, number: 1 });
  const clock = new VirtualClock(beginsAtMs);

  expect(() => type('link', 'ada@example.com')).toThrow(InputError);
  expect(type('register', 'ada@example.com', staple)?.[0]?.message).toMatchObject({
    type: 'RegistrationRequested',
  });
  expect(type('link', 'Ada@EXAMPLE.com')?.[0]?.message).toMatchObject({ type: 'LinkFollowed' });
  expect(type('login', 'ada@example.com', staple)?.[0]).toMatchObject({
    atMs: clock.now(),
    message: { type: 'LoginRequested', data: { deviceId: 'laptop', country: 'GB', purpose: 'login' } },
  });
  expect(type('password', 'ada@example.com', staple, 'another')?.[0]?.message).toMatchObject({
    data: { purpose: 'change' },
  });
  expect(() => type('login', 'ada@example.com', staple, '12')).toThrow(/code is neither six digits nor app/);
  expect(vault.count).toBe(3);
});
