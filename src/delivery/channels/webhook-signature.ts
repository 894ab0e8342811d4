import { Webhook } from 'standardwebhooks';

/** What a request is signed with: one secret, or the new and the old one while receivers change over. */
export type WebhookSecrets = string | readonly string[];

export interface SignedParts {
  /** Without a full stop, which parts the three. */
  readonly id: string;
  readonly atSeconds: number;
  readonly body: string;
}

/**
 * Signatures by https://www.standardwebhooks.com, one for each secret, each as `v1,<base64>`.
 * @throws {Error} there is no secret, or one is empty or no base64.
 */
export function signaturesWith(secrets: WebhookSecrets): (parts: SignedParts) => string[] {
  const signers = [secrets].flat().map((secret) => new Webhook(secret));
  if (signers.length === 0) throw new Error('there is no secret to sign with');
  return ({ id, atSeconds, body }) =>
    signers.map((signer) => signer.sign(id, new Date(atSeconds * 1000), body));
}
