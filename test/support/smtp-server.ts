import type { SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { startSmtpServer, type TestMailServer } from './mail-server.ts';

/** A mail server that is there as long as the test runs. Accepts every mail, without TLS and login, as long as the options say nothing else. */
export async function openSmtpServer(
  options: (server: TestMailServer) => SMTPServerOptions = () => ({}),
): Promise<TestMailServer> {
  const server = await startSmtpServer(options);
  onTestFinished(() => server.close());
  return server;
}

/** An answer other than yes, in words that no log should repeat. */
export function reply(responseCode: number): Error {
  return Object.assign(new Error('not for <kim@example.com>'), { responseCode });
}
