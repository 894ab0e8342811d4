import { describe, expect, test } from 'vitest';
import { realProviders } from '../../../src/shop/real-providers.ts';
import { runProcess } from '../../support/command-line.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;

test('webhooks are really posted with WEBHOOK_SECRET, and refused where the address is a private one', async () => {
  const [webhook] = realProviders({ WEBHOOK_SECRET: secret }).channels;

  const message = {
    to: 'http://127.0.0.1:9/hook',
    recipientName: 'Kim',
    content: { text: 'Hello', subject: 'Hello' },
  };
  const context = {
    idempotencyKey: 'n-1:webhook',
    signal: new AbortController().signal,
    wait: async () => {},
  };

  await expect(webhook?.send(message, context)).rejects.toMatchObject({
    code: 'channel_error',
    kind: 'permanent',
  });
});

describe('settings', () => {
  test('name an administrator, who reads alerts here where no mail is sent', () => {
    const { admin, notices } = realProviders({ ADMIN_EMAIL: 'ops@example.com' });

    expect(admin?.to).toBe('ops@example.com');
    expect(notices).toEqual(['alerts for ADMIN_EMAIL are printed here; SMTP_URL sends them']);
  });

  test('send alerts over the mail server where there is one', () => {
    const { admin, channels, notices } = realProviders({
      ADMIN_EMAIL: 'ops@example.com',
      SMTP_URL: 'smtp://mail.example',
    });

    expect(admin?.channel).toBe(channels[0]);
    expect(notices).toEqual(['email is really sent, over mail.example (SMTP_URL)']);
  });

  test('name nobody without an address, and refuse what is none', () => {
    expect(realProviders({ ADMIN_EMAIL: '' }).admin).toBeUndefined();
    expect(() => realProviders({ ADMIN_EMAIL: 'ops' })).toThrow('ADMIN_EMAIL: "ops" is no mail address');
  });

  test('that are missing or empty leave everything captured', () => {
    expect(realProviders({})).toMatchObject({ channels: [], notices: [] });
    expect(realProviders({ SMTP_URL: '', WEBHOOK_SECRET: '' })).toMatchObject({ channels: [], notices: [] });
  });

  test('are never shown with their secrets', () => {
    const { channels, notices } = realProviders({
      SMTP_URL: 'smtps://shop:pa55word@mail.example',
      WEBHOOK_SECRET: 'c2VjcmV0',
    });

    expect(channels.map(({ name }) => name)).toEqual(['email', 'webhook']);
    expect(notices).toEqual([
      'email is really sent, over mail.example (SMTP_URL)',
      'webhooks are really sent (WEBHOOK_SECRET)',
    ]);
  });

  test.each([
    [{ SMTP_URL: 'mail.example' }, 'SMTP_URL: the URL of the mail server cannot be used: it is no URL'],
    [
      { SMTP_URL: 'https://shop:pa55word@mail.example' },
      'SMTP_URL: the URL of the mail server cannot be used: it starts with neither smtp: nor smtps:',
    ],
    [{ WEBHOOK_SECRET: 'no base64 at all' }, /^WEBHOOK_SECRET: /],
    [{ WEBHOOK_SECRET: 'whsec_' }, "WEBHOOK_SECRET: Secret can't be empty."],
  ])('that cannot be used are one line: %j', (settings, message) => {
    expect(() => realProviders(settings)).toThrow(message);
    expect(() => realProviders(settings)).not.toThrow(/pa55word|no base64 at all/);
  });

  test('that cannot be used stop the demo before it begins', async () => {
    const { code, stdout, stderr } = await runProcess(['demo', '--data', 'never-made.db'], {
      SMTP_URL: 'smtp://shop:pa55word@',
    });

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^demo: SMTP_URL: .*\n$/);
    expect(stderr).not.toContain('pa55word');
  });
});
