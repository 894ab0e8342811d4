import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { DurableEventBus, type EventBus } from '../../../src/bus/index.ts';
import { openDatastore } from '../../../src/datastore/index.ts';
import { type Channel, ChannelError } from '../../../src/delivery/index.ts';
import type { Catalogue } from '../../../src/events/index.ts';
import { beginsAtMs } from '../../../src/flows/authentication/input.ts';
import { sampleKeys } from '../../../src/flows/authentication/keys.ts';
import { authMessages } from '../../../src/flows/authentication/messages.ts';
import type { AuthRow } from '../../../src/flows/authentication/row.ts';
import type { Session } from '../../../src/flows/authentication/sessions.ts';
import { codeOf, stepOf } from '../../../src/flows/authentication/totp.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { recordingLogger } from '../../support/recording-logger.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import type { MailProvider } from '../mail-provider.ts';
import { ada, aService, mailProvider, row, sampleRows, serve, tokenIn } from './a-service.ts';

/** As somebody would find it who looks for it: as it is, encoded, and in digests that need no guessing. */
function disguises(secret: Buffer): readonly string[] {
  const digests = ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(secret).digest());
  return [
    secret.toString('latin1'),
    base32(secret),
    ...[secret, ...digests].flatMap((bytes) => [
      bytes.toString('hex'),
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
    ]),
  ];
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups
    .map((group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('');
}

/** A provider that says in its errors whatever it was given, and takes a mail at the second try. */
function talkative(provider: MailProvider): Channel {
  const refused = new Set<string>();
  return {
    ...provider.channel,
    send: async (message, context) => {
      if (refused.has(context.idempotencyKey)) return provider.channel.send(message, context);
      refused.add(context.idempotencyKey);
      throw new ChannelError('transient', { message: `421 not now: ${JSON.stringify(message)}` });
    },
  };
}

/** All that is left when the sample was played on a file, and a password was changed. */
async function played() {
  const more: readonly AuthRow[] = [
    row(20, 'password', { code: 'app', newPassword: 'Tr0mbone über Bord!' }),
    row(21, 'login', { password: 'Tr0mbone über Bord!', code: 'app' }),
    row(22, 'login', { email: 'nobody@example.com', password: 'of nobody, and wrong' }),
  ];
  const rows = [...(await sampleRows()), ...more];
  const file = temporaryFile('accounts.db');
  const datastore = openDatastore({ file });
  const clock = new VirtualClock(beginsAtMs);
  const random = seededRandom(1);
  const logger = recordingLogger();
  // biome-ignore lint/suspicious/noExplicitAny: as a world has it, for any flow.
  const bus: EventBus<any> = new DurableEventBus({
    catalogue: authMessages as Catalogue,
    clock,
    random,
    datastore,
    logger,
  });
  const said: unknown[] = [];
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => void said.push(message) });
  const provider = mailProvider();
  const world = { bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0, logger };
  const report = await serve(world, rows, aService({ channel: talkative(provider) }));
  const keys = sampleKeys();
  const sessions = (await bus.states.find('pipeline.session', keys.accountOf(ada)))
    .value as readonly Session[];
  // Before it is closed: then the write-ahead log is still there.
  const filesOf = () =>
    readdirSync(dirname(file)).map((name) => [
      name,
      readFileSync(join(dirname(file), name)).toString('latin1'),
    ]);
  const open = filesOf();
  await bus.close();
  await datastore.close();
  const places = {
    messages: JSON.stringify(said),
    log: logger.lines.join('\n'),
    report: JSON.stringify(report),
    ...Object.fromEntries(open),
    ...Object.fromEntries(filesOf().map(([name, text]) => [`${name} when closed`, text])),
  } as Record<string, string>;
  const mails = [...provider.sent.values()];
  const [verification] = mails;
  const passwords = rows
    .flatMap(({ password, newPassword }) => [password, newPassword])
    .filter((each) => each !== '');
  const phone = createHash('sha1').update(`the phone of ${ada}`).digest();
  const secrets: Record<string, Buffer> = {
    ...Object.fromEntries(passwords.map((password) => [`password ${password}`, Buffer.from(password)])),
    token: Buffer.from(verification ? tokenIn(verification) : ''),
    'bytes of the token': Buffer.from(verification ? tokenIn(verification) : '', 'base64url'),
    'TOTP secret': phone,
    ...Object.fromEntries(
      sessions.map(({ attemptId }) => [`cookie of ${attemptId}`, Buffer.from(keys.cookieOf(attemptId))]),
    ),
  };
  const codes = rows.filter(({ code }) => code === 'app').map(({ atMs }) => codeOf(phone, stepOf(atMs)));
  return { places, secrets, mails, codes, report };
}

test('no password, token, cookie or TOTP secret is in a message, the log, the report or any file, not even as a plain digest', async () => {
  const { places, secrets, report } = await played();
  const found: string[] = [];
  for (const [name, secret] of Object.entries(secrets))
    for (const disguise of disguises(secret))
      for (const [place, text] of Object.entries(places))
        if (text.includes(disguise) && !isDigestOfToken(name, disguise, secret))
          found.push(`${name} in ${place}`);

  expect(found).toEqual([]);
  // What was looked through is what was meant.
  expect(report.data).toMatchObject({ sessions: 4, rejections: { wrong_credentials: 6 } });
  expect(Object.keys(places)).toEqual(
    expect.arrayContaining(['accounts.db', 'accounts.db-wal', 'log', 'messages']),
  );
  for (const place of ['messages', 'accounts.db-wal', 'accounts.db when closed'])
    expect(places[place]).toContain(sampleKeys().accountOf(ada));
  expect(places.log).toContain('mail_not_taken');
  expect(Object.keys(secrets).length).toBeGreaterThan(12);
});

/** SHA-256 of a token, of 256 random bits, is what it is kept as. */
const isDigestOfToken = (name: string, disguise: string, secret: Buffer): boolean =>
  /^(token|cookie)/.test(name) && disguise === createHash('sha256').update(secret).digest('base64url');

test('no code is in a message or the log, and no address either', async () => {
  const { places, codes } = await played();
  const looked = `${places.messages}${places.log}`;

  expect(codes).toHaveLength(6);
  for (const code of codes) expect(looked).not.toContain(`"${code}"`);
  expect(looked.toLowerCase()).not.toContain(ada);
  for (const [place, text] of Object.entries(places))
    expect([place, text.includes(ada)]).toEqual([place, false]);
});

test('of all mails one has a token, in its link and nowhere else, and none has any other secret', async () => {
  const { secrets, mails } = await played();
  const token = secrets.token?.toString() ?? '?';
  const withToken: string[] = [];
  for (const mail of mails) {
    const mime = (await mail.mime()).replaceAll('=\r\n', '').replaceAll('=3D', '=');
    if (mime.includes(token)) withToken.push(mail.subject);
    for (const [name, secret] of Object.entries(secrets))
      if (!name.includes('token')) for (const each of disguises(secret)) expect(mime).not.toContain(each);
    const { text, html, mime: _, ...logged } = mail;
    expect(JSON.stringify(logged)).not.toContain(token);
  }

  expect(mails).toHaveLength(4);
  expect(withToken).toEqual(['Confirm your address']);
  expect(mails[0]?.text.split(token)).toHaveLength(2);
});
