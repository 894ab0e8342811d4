import PostalMime from 'postal-mime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChannelError, captureEmail, type OutgoingMessage } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { type Attachment, AttachmentError, createTemplates } from '../../src/notifications/index.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice, type PostOfficeOptions } from '../support/post-office.ts';
import { aRequest, noonMs } from '../support/requests.ts';
import { sendContext } from '../support/send-context.ts';
import { openSmtpServer } from '../support/smtp-server.ts';
import { smtpChannel } from './smtp-channel.ts';

const paid = aRequest({ type: 'payment-received' });
const keyOfMail = { notificationId: paid.id, channel: 'email' };

async function open(options: PostOfficeOptions = {}) {
  const office = await openPostOffice(options);
  onTestFinished(() => office.close());
  return office;
}

/** Mail of a provider that fails as often as it is told to, and keeps what it was handed. */
function moodyMail({ failures = 0 }) {
  const handed: OutgoingMessage[] = [];
  return {
    name: 'email',
    templates: 'email',
    handed,
    async send(message: OutgoingMessage) {
      handed.push(message);
      if (handed.length <= failures) throw new ChannelError('transient', { message: 'not now' });
      return { id: `r-${handed.length}` };
    },
  };
}

describe('a mail with a receipt', () => {
  it('is captured with it, and no other message has one', async () => {
    const { emails, request } = await open();

    await request(paid);
    await request(aRequest({ type: 'order-shipped' }));

    const [withIt, without] = emails.all();
    expect(withIt?.attachments).toMatchObject([
      { filename: 'receipt-order-1.pdf', contentType: 'application/pdf' },
    ]);
    expect(withIt?.text).toContain('Your receipt is attached.');
    expect(without?.attachments).toEqual([]);
  });

  it('has the same one at every attempt, and after a re-drive', async () => {
    const mail = moodyMail({ failures: 4 });
    const { request, finish, delivery } = await open({ channels: [mail] });

    await request(paid);
    await finish();
    await delivery.redrive(keyOfMail);
    await finish();

    expect(mail.handed).toHaveLength(5);
    const [first, ...others] = mail.handed.map(({ attachments }) => attachments);
    expect(first?.[0]?.content.length).toBeGreaterThan(1000);
    for (const other of others) expect(other).toEqual(first);
  });
});

describe('what cannot be made', () => {
  const broken = (state: { isMended: boolean }) => {
    const templates = createTemplates();
    const noFont = createTemplates({ maxAttachmentBytes: 10 });
    const attachments: typeof templates.attachments = (request) =>
      (state.isMended ? templates : noFont).attachments?.(request) ?? [];
    return { ...templates, attachments };
  };

  it('leaves no customer with a mail that lacks what it says is attached, and the other channels go on', async () => {
    const { emails, texts, datastore, request } = await open({ templates: broken({ isMended: false }) });

    await request(paid);

    expect(emails.count).toBe(0);
    expect(texts.count).toBe(1);
    expect(await ledgerLines(datastore)).toEqual([
      'payment-received kim email dead_lettered attachment_failed',
      'payment-received kim sms sent sent',
    ]);
  });

  it('is a dead letter that says what to mend, for which no provider was asked', async () => {
    const { datastore, delivery, request, logged } = await open({ templates: broken({ isMended: false }) });

    const deliveries = await request(paid);

    expect(deliveries.find(({ channel }) => channel === 'email')).toMatchObject({
      status: 'dead_lettered',
      reason: 'attachment_failed',
      attempts: 0,
    });
    const letter = await datastore.ledger.deadLetter(keyOfMail);
    expect(letter?.failure).toMatchObject({
      errorCode: 'attachment_too_large',
      errorMessage: expect.stringContaining('and 10 may be sent'),
    });
    expect(delivery.breakers().get('email')).toBe('closed');
    expect(JSON.stringify(logged)).not.toContain('Kim Lund');
  });

  it('is made anew, and sent, when it is re-driven after it was mended', async () => {
    const state = { isMended: false };
    const { emails, delivery, request, finish } = await open({ templates: broken(state) });
    await request(paid);

    state.isMended = true;
    await delivery.redrive(keyOfMail);
    await finish();

    expect(emails.all().map(({ attachments }) => attachments[0]?.filename)).toEqual(['receipt-order-1.pdf']);
  });

  it('says in one error what failed and what to do', () => {
    const { attachments } = createTemplates();
    const make = () =>
      attachments?.({
        type: 'payment-received',
        family: 'email',
        locale: 'en',
        customerName: 'Kim',
        variables: {},
        occurredAtMs: 0,
        timeZone: 'UTC',
      });

    expect(make).toThrow(AttachmentError);
    expect(make).toThrow('what goes with payment-received could not be made: the receipt lacks "orderId"');
  });
});

describe('on the wire', () => {
  const bytes = Uint8Array.from({ length: 2000 }, (_, index) => (index * 31) % 256);
  const files: Attachment[] = [
    { filename: 'receipt-ord-1.pdf', contentType: 'application/pdf', content: bytes },
    {
      filename: 'заказ-李-ä.txt',
      contentType: 'text/plain; charset=utf-8',
      content: new TextEncoder().encode('李 paid\r\nno last line\n.\n..'),
    },
  ];
  const message = {
    to: 'kim@example.com',
    recipientName: 'Kim Lund',
    content: { subject: 'Paid', text: 'Attached.', html: '<p>Attached.</p>' },
    attachments: files,
  };

  it('arrives to the byte, under its name, beside both forms of the text', async () => {
    const server = await openSmtpServer();

    await smtpChannel({ port: server.port }).send(message, sendContext('delivery-1'));

    const mail = await PostalMime.parse(server.mails[0]?.wire ?? '');
    expect(mail.text?.trimEnd()).toBe('Attached.');
    expect(mail.html?.trimEnd()).toBe('<p>Attached.</p>');
    expect(mail.attachments).toHaveLength(2);
    for (const [index, { filename, mimeType, content }] of mail.attachments.entries()) {
      expect(filename).toBe(files[index]?.filename);
      expect(mimeType).toBe(files[index]?.contentType.split(';', 1)[0]);
      expect(new Uint8Array(content as ArrayBuffer)).toEqual(files[index]?.content);
    }
    expect(mail.attachments.map(({ disposition }) => disposition)).toEqual(['attachment', 'attachment']);
  });

  it('is to the byte what would have been captured, at every attempt', async () => {
    const server = await openSmtpServer();
    const smtp = smtpChannel({ port: server.port });
    const capture = captureEmail({ clock: new VirtualClock(noonMs) });

    for (const channel of [smtp, smtp, capture]) await channel.send(message, sendContext('delivery-1'));

    const [first, second] = server.mails.map(({ wire }) => wire.trimEnd());
    expect(second).toBe(first);
    expect((await capture.outbox.all()[0]?.mime())?.trimEnd()).toBe(first);
    expect(first).not.toMatch(/[^\r]\n/);
  });
});
