import { createHash } from 'node:crypto';
import type { EventBus } from '../../bus/index.ts';
import { mailboxOf } from '../../datastore/index.ts';
import { entryOf, type FlowEntry } from '../../pipeline-runtime/index.ts';
import { digestOf, type Keys } from './keys.ts';
import { type AuthMessages, authMessages as messages } from './messages.ts';
import type { AuthRow } from './row.ts';
import type { Sessions } from './sessions.ts';
import { codeOf, stepOf } from './totp.ts';
import type { Secrets, Vault } from './vault.ts';

export interface DoorPorts {
  readonly vault: Vault;
  readonly keys: Keys;
  readonly bus: EventBus<AuthMessages>;
}

/**
 * Where people are let in: what they send is parted into a message without secrets, and secrets without a message. Behind it stand the
 * simulated people, with the mails that they have got, the apps on their phones and the cookies in their browsers.
 */
export class Door {
  readonly #ports: DoorPorts;
  /** The latest registration of each account, as its mail has it. */
  readonly #registered = new Map<string, string>();

  constructor(ports: DoorPorts) {
    this.#ports = ports;
  }

  /** What is let in of a row; null: the link of a mail that nobody has got. In the order of time. */
  entryOf(row: AuthRow, place: string): FlowEntry | null {
    const { keys, vault } = this.#ports;
    const { atMs, action, email, password, device: deviceId, country, newPassword } = row;
    const at = { atMs, place };
    const userId = keys.accountOf(email);
    const attemptId = keys.attemptOf([place, String(atMs), action, userId, deviceId]);
    const of = { userId, attemptId, hops: 0 };
    const deposit = (secrets: Secrets): void => vault.deposit(attemptId, secrets);
    const cookie = (): Promise<string | undefined> => this.#cookieOf(userId, deviceId);
    switch (action) {
      case 'register':
        this.#registered.set(userId, attemptId);
        deposit({ email, password });
        return entryOf(messages.RegistrationRequested, of, at);
      case 'link': {
        const registration = this.#registered.get(userId);
        if (registration === undefined) return null;
        const tokenHash = digestOf(keys.tokenOf(keys.credentialOf(registration)));
        return entryOf(messages.LinkFollowed, { tokenHash, hops: 0 }, at);
      }
      case 'login':
      case 'password': {
        const purpose = action === 'login' ? 'login' : 'change';
        const changing = action === 'password' ? { newPassword, email } : {};
        deposit({ password, code: shownCode(row), ...changing });
        return entryOf(messages.LoginRequested, { ...of, deviceId, country, purpose }, at);
      }
      case 'enrol':
        deposit({ cookie, code: shownCode(row), totpSecret: phoneOf(email) });
        return entryOf(messages.SessionPresented, { ...of, use: 'enrol' }, at);
      case 'use':
      case 'logout':
        deposit({ cookie });
        return entryOf(messages.SessionPresented, { ...of, use: action === 'use' ? 'visit' : 'logout' }, at);
    }
  }

  /** What the last login on a device has put into its browser. */
  async #cookieOf(userId: string, deviceId: string): Promise<string | undefined> {
    const { bus, keys } = this.#ports;
    const sessions = ((await bus.states.find('pipeline.session', userId)).value ?? []) as Sessions;
    const latest = sessions.findLast((session) => session.deviceId === deviceId);
    return latest && keys.cookieOf(latest.attemptId);
  }
}

/** What an app has scanned. A real service draws 20 bytes, and shows them once; these ones everybody can work out. */
const phoneOf = (email: string): Uint8Array =>
  new Uint8Array(
    createHash('sha1')
      .update(`the phone of ${mailboxOf(email)}`)
      .digest(),
  );

const shownCode = ({ code, email, atMs }: AuthRow): string =>
  code === 'app' ? codeOf(phoneOf(email), stepOf(atMs)) : code;
