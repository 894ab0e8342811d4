import { InputError } from '../../kernel/index.ts';
import type { BusName } from '../../shop/index.ts';
import { flowNames } from '../flows.ts';

export interface FlowFlags {
  readonly file?: string;
  readonly interactive?: boolean;
  readonly stress?: boolean;
  readonly count?: number;
  readonly bus: BusName;
  readonly data?: string;
  readonly files?: string;
  readonly seed: number;
  readonly json?: boolean;
  readonly html?: string;
  readonly list?: boolean;
}

interface Words {
  readonly name: string | undefined;
  readonly show: string | undefined;
  readonly subject: string | undefined;
}

/** @throws {InputError} for what does not go together. */
export function checkFlowUsage({ name, show, subject }: Words, flags: FlowFlags): void {
  const { stress, count, bus, data, files, interactive, file } = flags;
  if (name === undefined) refuse('no flow is named', `Give one of ${flowNames.join(', ')}, or --list.`);
  if (show !== undefined && show !== 'show')
    refuse(`${JSON.stringify(show)} is nothing to do`, 'Behind the name stands `show`, or nothing.');
  if (count !== undefined && !stress) refuse('--count is of no use here', 'It goes with --stress.');
  if (show !== undefined && interactive)
    refuse('--interactive is of no use with show', 'Type `show` at its prompt.');
  if (show !== undefined && data !== undefined && (stress || file !== undefined))
    refuse('what is kept is not played again', 'Leave out --data, or --file and --stress.');
  if (subject !== undefined && subject === '')
    refuse('the subject is empty', 'Say whom: flow order-saga show o4.');
  if (show === undefined && data !== undefined && bus !== 'durable')
    refuse('--data is of no use here', 'It goes with --bus durable.');
  if (files !== undefined && (data === undefined || show !== undefined))
    refuse('--files is of no use here', 'It goes with --bus durable and --data.');
}

/** From the environment comes where the shop is as well: it is taken where it is of use, and left alone where it is not. */
export function withoutIdleData(
  { show }: Pick<Words, 'show'>,
  { data, ...flags }: FlowFlags,
  isFromEnvironment: boolean,
): FlowFlags {
  const isOfUse = show === undefined ? flags.bus === 'durable' : !flags.stress && flags.file === undefined;
  return { ...flags, ...(data !== undefined && (isOfUse || !isFromEnvironment) && { data }) };
}

function refuse(message: string, help: string): never {
  throw new InputError({ message, help });
}
