import { InputError } from '../../kernel/index.ts';

export type ActionGroup = 'happens' | 'breaks' | 'messages' | 'kills';

/** What somebody can do in the lab: to all columns, at one time of their clock. */
export interface Action {
  readonly name: string;
  /** On the button. */
  readonly label: string;
  readonly group: ActionGroup;
  /** What has happened then. */
  readonly words: string;
}

const list = [
  { name: 'order', label: 'A customer orders', group: 'happens', words: 'A customer orders' },
  {
    name: 'ship',
    label: 'An order ships',
    group: 'happens',
    words: 'The oldest order that waits is shipped',
  },
  {
    name: 'fail-payment',
    label: 'A payment fails',
    group: 'happens',
    words: 'The payment of the latest order fails',
  },
  { name: 'drop-price', label: 'A price drops', group: 'happens', words: 'The helmet gets a tenth cheaper' },
  { name: 'rush', label: '1,000 orders at once', group: 'happens', words: 'A thousand orders come at once' },
  {
    name: 'email-down',
    label: 'Mail goes down',
    group: 'breaks',
    words: 'The mail provider refuses everything',
  },
  {
    name: 'email-slow',
    label: 'Mail takes 20 s',
    group: 'breaks',
    words: 'The mail provider takes 20 s for each answer',
  },
  {
    name: 'email-busy',
    label: 'Mail is busy',
    group: 'breaks',
    words: 'The mail provider refuses every other message, and asks to wait half a minute',
  },
  { name: 'sms-down', label: 'SMS goes down', group: 'breaks', words: 'The SMS provider refuses everything' },
  {
    name: 'refuse-ada',
    label: 'Ada’s mailbox is gone',
    group: 'breaks',
    words: 'The mail provider refuses Ada’s address for good',
  },
  { name: 'mend', label: 'Mend all providers', group: 'breaks', words: 'All providers are well again' },
  {
    name: 'redrive',
    label: 'Re-drive dead letters',
    group: 'breaks',
    words: 'A person sends all dead letters on their way again',
  },
  {
    name: 'repeat',
    label: 'An event comes twice',
    group: 'messages',
    words: 'The latest event comes once more',
  },
  {
    name: 'poison',
    label: 'A poison event comes',
    group: 'messages',
    words: 'An event of an order comes that nobody knows',
  },
  {
    name: 'kill-after-commit',
    label: 'Kill, as an order is committed',
    group: 'kills',
    words: 'A customer orders, and each process is killed as soon as the order is committed',
  },
  {
    name: 'kill-after-yes',
    label: 'Kill, when a mail was taken',
    group: 'kills',
    words:
      'An order ships, and each process is killed when the provider has taken the mail, before that is on record',
  },
  {
    name: 'restart',
    label: 'Start them again',
    group: 'kills',
    words: 'Each process is started again on its file',
  },
] as const satisfies readonly Action[];

export type ActionName = (typeof list)[number]['name'];

export const actions: readonly (Action & { readonly name: ActionName })[] = list;

/** @throws {InputError} there is none of that name. */
export function actionOf(name: string): Action & { readonly name: ActionName } {
  const found = actions.find((action) => action.name === name);
  if (found !== undefined) return found;
  throw new InputError({
    message: `there is no action ${JSON.stringify(name.slice(0, 50))}`,
    help: `Known: ${actions.map((action) => action.name).join(', ')}.`,
  });
}
