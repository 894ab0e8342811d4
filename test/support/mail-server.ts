import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** What came between DATA and the final dot. */
  readonly wire: string;
  readonly isEncrypted: boolean;
  /** Who has logged in. */
  readonly user: string | undefined;
  /** When the last of it came, by `performance.now()` of this process. */
  readonly atMs: number;
}

/** A mail server on a free port of this computer. */
export interface TestMailServer {
  readonly port: number;
  /** What it has accepted, oldest first. */
  readonly mails: readonly ReceivedMail[];
  /** How many connections there have been. */
  readonly connectionCount: number;
  /** How many of them are open. */
  readonly openConnectionCount: number;
  /** Cuts every connection, without a word. */
  hangUp(): void;
  close(): Promise<void>;
}

/** Accepts every mail, without TLS and login, as long as the options say nothing else. */
export async function startSmtpServer(
  options: (server: TestMailServer) => SMTPServerOptions = () => ({}),
): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  const sockets: Socket[] = [];
  const testServer = {
    port: 0,
    mails,
    get connectionCount() {
      return sockets.length;
    },
    get openConnectionCount() {
      return sockets.filter(({ destroyed }) => !destroyed).length;
    },
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onData: takeInto(mails),
    ...options(testServer),
  });
  server.on('error', () => {}); // what goes wrong is told from the sender's side
  server.server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  testServer.port = (server.server.address() as AddressInfo).port;
  return testServer;
}

function takeInto(mails: ReceivedMail[]): NonNullable<SMTPServerOptions['onData']> {
  return (stream, session, answer) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      mails.push({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
        wire: Buffer.concat(chunks).toString('utf8'),
        isEncrypted: session.secure,
        user: session.user as string | undefined,
        atMs: performance.now(),
      });
      answer();
    });
  };
}
