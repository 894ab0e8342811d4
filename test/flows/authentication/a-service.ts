import type { CapturedEmail } from '../../../src/delivery/index.ts';
import { Door } from '../../../src/flows/authentication/door.ts';
import { beginsAtMs, readRows } from '../../../src/flows/authentication/input.ts';
import { sampleKeys } from '../../../src/flows/authentication/keys.ts';
import { authMessages } from '../../../src/flows/authentication/messages.ts';
import { type Hasher, scryptHasher } from '../../../src/flows/authentication/passwords.ts';
import { reportOf } from '../../../src/flows/authentication/report.ts';
import type { AuthRow } from '../../../src/flows/authentication/row.ts';
import { type AuthPorts, authPipeline, entriesOf } from '../../../src/flows/authentication/run.ts';
import type { WeaknessOf } from '../../../src/flows/authentication/strength.ts';
import { Vault } from '../../../src/flows/authentication/vault.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { type FlowWorld, feed } from '../../../src/pipeline-runtime/index.ts';
import { type BusName, playOnce } from '../a-life.ts';
import { MailProvider } from '../mail-provider.ts';

export const staple = 'correct horse battery staple';
/** An hour behind the beginning: somebody may have registered before. */
const elevenMs = beginsAtMs + 3_600_000;
export const ada = 'ada@example.com';

export const sampleRows = (): Promise<readonly AuthRow[]> => readRows({ kind: 'sample' }, seededRandom(1));

/** So many minutes from eleven o'clock; a login is from a laptop in GB with the right password, unless it says otherwise. */
export function row(minutes: number, action: AuthRow['action'], more: Partial<AuthRow> = {}): AuthRow {
  const needsPassword = action === 'register' || action === 'login' || action === 'password';
  return {
    atMs: elevenMs + Math.round(minutes * 60_000),
    action,
    email: ada,
    password: needsPassword ? staple : '',
    code: '',
    device: action === 'register' || action === 'link' ? '' : 'laptop',
    country: action === 'login' || action === 'password' ? 'GB' : '',
    newPassword: '',
    ...more,
  };
}

/** Ada has an account, and nobody has logged in yet. */
export const registered: readonly AuthRow[] = [row(-10, 'register'), row(-9, 'link')];

/** Hashes at next to no cost, and counts. */
export class CountingHasher implements Hasher {
  readonly #inner = scryptHasher(1);
  readonly ofNobody = this.#inner.ofNobody;
  /** `hash`, or `verify` with the cost that was asked for. */
  readonly made: string[] = [];

  hash(password: string, salt: Uint8Array): Promise<string> {
    this.made.push('hash');
    return this.#inner.hash(password, salt);
  }

  verify(password: string, hash: string): Promise<boolean> {
    this.made.push(`verify ${hash.split('$')[2]}`);
    return this.#inner.verify(password, hash);
  }
}

/** Knows one weak password, and needs no dictionaries. */
const oneWeak: WeaknessOf = async (password) => {
  if (password.length < 8) return 'too_short';
  return password === 'password1' ? 'weak_password' : null;
};

export const mailProvider = (): MailProvider => new MailProvider(beginsAtMs);

export type Service = Omit<AuthPorts, 'vault'>;

/** Keys that everybody knows, hashes that cost nothing, and mails that are kept here. */
export const aService = (more: Partial<Service> = {}): Service => ({
  channel: mailProvider().channel,
  keys: sampleKeys(),
  hasher: new CountingHasher(),
  weaknessOf: oneWeak,
  ...more,
});

/** A process: its vault and its door are its own. */
export async function serve(
  world: FlowWorld,
  rows: readonly AuthRow[],
  service: Service,
  vault: Vault = new Vault(),
) {
  const pipeline = authPipeline(world, { ...service, vault });
  const door = new Door({ vault, keys: service.keys, bus: world.bus });
  pipeline.start();
  await feed(pipeline, world.clock, entriesOf(door, rows));
  const report = await reportOf(pipeline, { keys: service.keys, count: rows.length });
  return { ...report, leftInVault: vault.count };
}

export async function playRows(
  busName: BusName,
  rows: readonly AuthRow[],
  { channel, ...more }: Partial<Service> = {},
  vault: Vault = new Vault(),
) {
  const provider = mailProvider();
  const service = aService({ channel: channel ?? provider.channel, ...more });
  let leftInVault = 0;
  const played = await playOnce(busName, { catalogue: authMessages, beginsAtMs }, async (world) => {
    const served = await serve(world, rows, service, vault);
    leftInVault = served.leftInVault;
    return served;
  });
  const outcomes = played.said.flatMap(({ type, data }) => (type === 'LoginAttempted' ? [data.outcome] : []));
  const of = (type: string) => played.said.filter((each) => each.type === type);
  return { ...played, outcomes, of, provider, leftInVault };
}

/** What a mail's link has in it. */
export const tokenIn = ({ text }: CapturedEmail): string => /#([\w-]+)/.exec(text)?.[1] ?? '';
