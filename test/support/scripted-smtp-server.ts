import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a client has said: a command's first word, or `.` for the end of a mail. */
export type Said =
  | 'CONNECT'
  | 'EHLO'
  | 'STARTTLS'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | '.'
  | 'RSET'
  | 'QUIT'
  | 'NOOP';
type Answer = string | Buffer | ((socket: Socket) => void);

export interface ScriptedServer {
  readonly port: number;
  /** Everything that clients have said, in the order in which it came. */
  readonly said: readonly Said[];
  readonly connectionCount: number;
}

const usual: Readonly<Record<Said, string>> = {
  CONNECT: '220 here\r\n',
  EHLO: '250 here\r\n',
  STARTTLS: '502 no\r\n',
  MAIL: '250 ok\r\n',
  RCPT: '250 ok\r\n',
  DATA: '354 go on\r\n',
  '.': '250 taken\r\n',
  RSET: '250 ok\r\n',
  QUIT: '221 bye\r\n',
  NOOP: '250 ok\r\n',
};

/** A server that answers in bytes of the story's own, as no well-behaved one would, for as long as the test runs. */
export async function openScriptedServer(
  answers: Partial<Record<Said, Answer>> | ((said: Said, connection: number) => Answer | undefined),
): Promise<ScriptedServer> {
  const said: Said[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const connection = sockets.push(socket);
    const answer = (to: Said): void => {
      said.push(to);
      const own = typeof answers === 'function' ? answers(to, connection) : answers[to];
      const how = own ?? usual[to];
      if (typeof how === 'function') how(socket);
      else socket.write(how);
    };
    socket.on('error', () => {}); // what goes wrong is told from the sender's side
    hear(socket, answer);
    answer('CONNECT');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    said,
    get connectionCount() {
      return sockets.length;
    },
  };
}

function hear(socket: Socket, answer: (said: Said) => void): void {
  let buffered = '';
  let isMail = false;
  socket.on('data', (chunk) => {
    buffered += chunk.toString('latin1');
    const lines = buffered.split('\r\n');
    buffered = lines.pop() ?? '';
    for (const line of lines) {
      if (isMail && line !== '.') continue;
      const said = line === '.' ? line : (line.split(' ', 1)[0]?.toUpperCase() as Said);
      isMail = said === 'DATA';
      answer(said);
    }
  });
}
