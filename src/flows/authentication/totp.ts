import { timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import { policy } from './policy.ts';

/** The number of a time step (RFC 6238, 4.2). */
export const stepOf = (nowMs: number): number => Math.floor(nowMs / 1000 / policy.totp.stepS);

/** The code of a step: SHA-1 and six digits, as all apps have it. */
export function codeOf(secret: Uint8Array, step: number): string {
  // Loaded for the first code: most runs of the gallery have no use for it.
  const { generateSync } = createRequire(import.meta.url)('otplib') as typeof import('otplib');
  const { stepS: period } = policy.totp;
  return generateSync({ secret, epoch: step * period, period, digits: 6, algorithm: 'sha1' });
}

/** `step`: it was right, and what comes at this step or before is none any more. */
export type Checked = { readonly step: number } | { readonly reason: 'mfa_wrong' | 'mfa_replayed' };

/**
 * Whether a code is that of now, or of a phone that is a step off. Of all steps up to the last that was used, the codes are
 * used up: whoever has seen one over her shoulder, or sets our clock back, comes too late.
 */
export function checkCode(
  secret: Uint8Array,
  code: string,
  { nowMs, lastStep }: { readonly nowMs: number; readonly lastStep: number },
): Checked {
  const { drift } = policy.totp;
  let isUsed = false;
  for (let step = stepOf(nowMs) - drift; step <= stepOf(nowMs) + drift; step++) {
    if (!isSame(codeOf(secret, step), code)) continue;
    if (step > lastStep) return { step };
    isUsed = true;
  }
  return { reason: isUsed ? 'mfa_replayed' : 'mfa_wrong' };
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
