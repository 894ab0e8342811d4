import { type Channel, captureEmail } from '../../delivery/index.ts';
import type { Random } from '../../kernel/index.ts';
import {
  type FlowEntry,
  type FlowInput,
  type FlowWorld,
  feed,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { type Account, addressPlace, credentialStage } from './credentials.ts';
import { Door } from './door.ts';
import { historyStage } from './history.ts';
import { readRows } from './input.ts';
import { type Keys, sampleKeys } from './keys.ts';
import { mailStages } from './mail.ts';
import type { AuthMessages } from './messages.ts';
import { mfaStage } from './mfa.ts';
import { type Hasher, scryptHasher } from './passwords.ts';
import { createStage, tokenStage, validateStage } from './registration.ts';
import { reportOf } from './report.ts';
import { riskStage } from './risk.ts';
import type { AuthRow } from './row.ts';
import { sessionStage } from './sessions.ts';
import { type WeaknessOf, zxcvbnWeakness } from './strength.ts';
import { throttleStage } from './throttle.ts';
import { typedSteps } from './typed.ts';
import { Vault } from './vault.ts';

/** What the service needs beyond itself. */
export interface AuthPorts {
  readonly channel: Channel;
  readonly keys: Keys;
  readonly hasher: Hasher;
  readonly weaknessOf: WeaknessOf;
  /** Where the door puts secrets, and the stages find them. */
  readonly vault: Vault;
}

/** The stages of the service over the world's bus. */
export function authPipeline(world: FlowWorld, ports: AuthPorts): Pipeline<AuthMessages> {
  const { channel, keys, vault, weaknessOf } = ports;
  const addressOf = async (userId: string): Promise<string | undefined> => {
    const account = (await world.bus.states.find('pipeline.credentials', userId)).value as
      | Account
      | undefined;
    return account && keys.open(account.email, addressPlace(userId));
  };
  return new Pipeline<AuthMessages>({
    ...world,
    stages: [
      validateStage(vault, weaknessOf),
      credentialStage(ports),
      tokenStage(keys),
      createStage,
      ...mailStages({ channel, keys, addressOf }),
      throttleStage,
      mfaStage(ports),
      sessionStage(ports),
      riskStage,
      historyStage(vault),
    ],
  });
}

/** What rows let in, in the order of their times. */
export const entriesOf = (door: Door, rows: readonly AuthRow[]): readonly FlowEntry[] =>
  rows
    .map((row, index) => ({ row, place: `row ${index + 1}` }))
    .sort((one, other) => one.row.atMs - other.row.atMs)
    .flatMap(({ row, place }) => door.entryOf(row, place) ?? []);

/** A load is about the stages: with hashes at the full cost it would be about the processor. */
const costOfLoad = 10;

/** Reads what people do, and gives what lets them in and says what became of it. */
export async function prepareAccounts(
  input: FlowInput,
  random: Random,
): Promise<(world: FlowWorld) => OpenFlow> {
  const rows = await readRows(input, random);
  const keys = sampleKeys();
  return (world) => {
    const vault = new Vault();
    const hasher = input.kind === 'load' ? scryptHasher(costOfLoad) : scryptHasher();
    const channel = captureEmail({ clock: world.clock });
    const pipeline = authPipeline(world, { channel, keys, vault, hasher, weaknessOf: zxcvbnWeakness() });
    const door = new Door({ vault, keys, bus: world.bus });
    return {
      pipeline,
      typed: typedSteps(door),
      subjectOf: (email) => keys.accountOf(email),
      play: () => feed(pipeline, world.clock, entriesOf(door, rows)),
      report: () => reportOf(pipeline, { keys, count: rows.length }),
    };
  };
}
