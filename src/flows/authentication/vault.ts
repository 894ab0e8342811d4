/** What somebody has sent that no message may hold. */
export interface Secrets {
  readonly email?: string;
  readonly password?: string;
  readonly newPassword?: string;
  readonly code?: string;
  readonly totpSecret?: Uint8Array;
  /** What the browser has, when it is asked. */
  readonly cookie?: () => Promise<string | undefined>;
}

/**
 * The claim check of secrets: they wait in the memory of this process, and a message has nothing but the number of the check. A process
 * that dies takes them with it, and who has sent them sends them again.
 */
export class Vault {
  readonly #secrets = new Map<string, Secrets>();

  deposit(attemptId: string, secrets: Secrets): void {
    this.#secrets.set(attemptId, secrets);
  }

  /** Undefined: it was another process's. It stays here, since whoever reads it may have to do it again. */
  read(attemptId: string): Secrets | undefined {
    return this.#secrets.get(attemptId);
  }

  /** Once what became of it is committed. */
  forget(attemptId: string): void {
    this.#secrets.delete(attemptId);
  }

  /** How many wait. */
  get count(): number {
    return this.#secrets.size;
  }
}
