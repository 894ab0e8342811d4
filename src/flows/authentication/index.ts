/**
 * Accounts: registering by mail, passwords, one-time codes, locks, sessions, alerts. No secret is in a message: it waits in a vault in memory.
 *
 * @example
 * ```ts
 * import { authenticationFlow } from './src/flows/authentication/index.ts';
 *
 * console.log(authenticationFlow.name, authenticationFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { beginsAtMs, columns } from './input.ts';
import { authMessages } from './messages.ts';
import { prepareAccounts } from './run.ts';

export const authenticationFlow: Flow = {
  name: 'authentication',
  does: 'accounts: verified by mail, passwords and one-time codes, locks, sessions; no secret in a message',
  shows: 'claim check: secrets wait beside the messages; a gate that lets one attempt through at a time',
  catalogue: authMessages,
  beginsAtMs,
  columns,
  typed: [],
  prepare: prepareAccounts,
};
