import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { mailboxOf } from '../../datastore/index.ts';
import { AppError } from '../../kernel/index.ts';

/** What was sealed was not sealed under this key, for this purpose, or is not what it was. */
class NotOurSealError extends AppError {
  readonly code = 'not_our_seal';

  constructor(cause?: unknown) {
    super({
      message: 'what is kept was sealed under another key, or was changed',
      help: 'Start with the key that it was written with.',
      cause,
    });
  }
}

const bytesOfId = 16;

/**
 * All secrets that the service makes, derived from one master key: who has to make one again, because a process died, makes the
 * same; and none of them need be kept, or said in a message, to be known later.
 */
export class Keys {
  readonly #key: (purpose: string) => Buffer;
  readonly #id: string;

  /** @param master 32 bytes that nobody can guess. They belong into a store of secrets, and never into the datastore. */
  constructor(master: Uint8Array) {
    const known = new Map<string, Buffer>();
    this.#key = (purpose) => {
      let key = known.get(purpose);
      if (key === undefined) {
        key = Buffer.from(hkdfSync('sha256', master, '', `authentication ${purpose}`, 32));
        known.set(purpose, key);
      }
      return key;
    };
    this.#id = this.#mac('name of the key', '').subarray(0, 6).toString('base64url');
  }

  /** What an account is called in messages: the same for all spellings of one mailbox, and no help to who guesses addresses. */
  accountOf(email: string): string {
    return this.#named('account', mailboxOf(email));
  }

  /** For what somebody asks once, given what tells it from all else. */
  attemptOf(what: readonly string[]): string {
    return this.#named('attempt', JSON.stringify(what));
  }

  credentialOf(attemptId: string): string {
    return this.#named('credential', attemptId);
  }

  /** Not secret, and another for each credential. */
  saltOf(credentialId: string): Buffer {
    return this.#mac('salt', credentialId).subarray(0, bytesOfId);
  }

  /** What stands in the link of the mail: 256 bits that nobody can guess who has the messages, the datastore, or both. */
  tokenOf(credentialId: string): string {
    return this.#mac('token', credentialId).toString('base64url');
  }

  /** What the browser is given: another for each login, so that none which was there before becomes a session. */
  cookieOf(attemptId: string): string {
    return this.#mac('session', attemptId).toString('base64url');
  }

  /**
   * Encrypts and authenticates, for this place alone: elsewhere it does not open. The nonce is made of the text, so that none serves
   * two texts (AES-256-GCM, with a synthetic nonce).
   */
  seal(text: string, place: string): string {
    const nonce = this.#mac('nonce', JSON.stringify([place, text])).subarray(0, 12);
    const cipher = createCipheriv('aes-256-gcm', this.#key('seal'), nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return [this.#id, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
      '.',
    );
  }

  /** @throws {NotOurSealError} */
  open(sealed: string, place: string): string {
    const [id, ...parts] = sealed.split('.');
    const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (id !== this.#id || !nonce || !tag || !text) throw new NotOurSealError();
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.#key('seal'), nonce, { authTagLength: 16 });
      cipher.setAAD(Buffer.from(place)).setAuthTag(tag);
      return Buffer.concat([cipher.update(text), cipher.final()]).toString('utf8');
    } catch (thrown) {
      throw new NotOurSealError(thrown);
    }
  }

  #mac(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.#key(purpose)).update(text).digest();
  }

  #named(purpose: string, text: string): string {
    return this.#mac(purpose, text).subarray(0, bytesOfId).toString('base64url');
  }
}

/** As what tokens and cookies are kept and said: who has it has no token. They are too long to be guessed, so that one round is enough. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Everybody knows it: nothing that is kept under it is worth anything outside of this flow. */
export const sampleKeys = (): Keys => new Keys(new Uint8Array(32).fill(7));
