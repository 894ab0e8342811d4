import { type ChildProcess, spawn } from 'node:child_process';
import { AppError, nodeArguments } from '../../kernel/index.ts';
import type { Said, SaidKind, Told } from './protocol.ts';

/** The process of a shop ended, and nobody had killed it. */
class ShopProcessError extends AppError {
  readonly code = 'shop_process_failed';

  constructor(what: string) {
    super({ message: `the process of the shop ended by itself: ${what}`, help: 'DEBUG=1 shows where.' });
  }
}

const program = new URL('../../demo/shop-process-cli.ts', import.meta.url);

interface Waiting {
  readonly kind: SaidKind;
  resolve(said: Said): void;
  reject(reason: unknown): void;
}

/** A process of its own in which a shop runs, as seen from outside: what it says, and that it can be killed. */
export class ShopProcess {
  /**
   * Resolves when it has ended, because it was killed or had finished, and all that it had said was heard.
   * Rejects with a {@link ShopProcessError} when it ended otherwise.
   */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  #waiting: Waiting[] = [];
  #isKilled = false;
  #complaint = '';

  /** @param hear is given everything that the process says, in order. */
  constructor(hear: (said: Said) => void) {
    this.#child = spawn(process.execPath, nodeArguments(program), {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // As JSON, what is attached to a mail would not arrive as bytes.
      serialization: 'advanced',
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint += text;
    });
    this.#child.on('message', (message) => {
      const said = message as Said;
      hear(said);
      this.#serve(said);
    });
    this.ended = this.#end();
    // Whoever waits for what it says is told; nobody has to wait for its end.
    this.ended.catch(() => {});
  }

  /** What a dead process is told is lost. */
  tell(told: Told): void {
    this.#child.send(told, () => {});
  }

  /** Resolves when it says this for the next time. Rejects when it ends before. */
  says<Kind extends SaidKind>(kind: Kind): Promise<Extract<Said, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ kind, resolve: resolve as Waiting['resolve'], reject });
    });
  }

  /** Sends SIGKILL, which no process hears: it is gone at once. */
  kill(): void {
    this.#isKilled = true;
    this.#child.kill('SIGKILL');
  }

  #serve(said: Said): void {
    const served = this.#waiting.filter(({ kind }) => kind === said.kind);
    this.#waiting = this.#waiting.filter(({ kind }) => kind !== said.kind);
    for (const { resolve } of served) resolve(said);
  }

  async #end(): Promise<void> {
    const child = this.#child;
    const heardAll = new Promise((resolve) => child.once('disconnect', resolve));
    const how = await new Promise<string>((resolve) => {
      child.once('error', ({ message }) => resolve(message));
      child.once('close', (code, signal) => resolve(code === 0 ? '' : (signal ?? `exit code ${code}`)));
    });
    if (child.pid !== undefined) await heardAll;
    const error = new ShopProcessError([how, this.#complaint.trim()].filter(Boolean).join(', '));
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    if (how !== '' && !this.#isKilled) throw error;
  }
}
