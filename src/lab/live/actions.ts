import { InputError } from '../../kernel/index.ts';
import { labCustomers } from './shop-script.ts';

export type ActionGroup = 'happens' | 'breaks' | 'refuses' | 'messages' | 'kills';

/** What somebody can do in the lab: to all columns, at one time of their clock. */
export interface Action {
  readonly name: string;
  /** In links: never another's, for links are kept. */
  readonly code: string;
  /** On the button. */
  readonly label: string;
  readonly group: ActionGroup;
  /** What has happened then. */
  readonly words: string;
}

const happenings = [
  { name: 'order', code: 'O', label: 'A customer orders', group: 'happens', words: 'A customer orders' },
  {
    name: 'ship',
    code: 'S',
    label: 'An order ships',
    group: 'happens',
    words: 'The oldest order that waits is shipped',
  },
  {
    name: 'fail-payment',
    code: 'F',
    label: 'A payment fails',
    group: 'happens',
    words: 'The payment of the latest order fails',
  },
  {
    name: 'drop-price',
    code: 'P',
    label: 'A price drops',
    group: 'happens',
    words: 'The helmet gets a tenth cheaper',
  },
  {
    name: 'rush',
    code: 'H',
    label: '1,000 orders at once',
    group: 'happens',
    words: 'A thousand orders come at once',
  },
  {
    name: 'email-down',
    code: 'D',
    label: 'Mail goes down',
    group: 'breaks',
    words: 'The mail provider refuses everything',
  },
  {
    name: 'email-slow',
    code: 'L',
    label: 'Mail takes 20 s',
    group: 'breaks',
    words: 'The mail provider takes 20 s for each answer',
  },
  {
    name: 'email-busy',
    code: 'B',
    label: 'Mail is busy',
    group: 'breaks',
    words: 'The mail provider refuses every other message, and asks to wait half a minute',
  },
  {
    name: 'sms-down',
    code: 'X',
    label: 'SMS goes down',
    group: 'breaks',
    words: 'The SMS provider refuses everything',
  },
  {
    name: 'mend',
    code: 'M',
    label: 'Mend all providers',
    group: 'breaks',
    words: 'All providers are well again',
  },
  {
    name: 'redrive',
    code: 'V',
    label: 'Re-drive dead letters',
    group: 'breaks',
    words: 'A person sends all dead letters on their way again',
  },
  {
    name: 'repeat',
    code: 'T',
    label: 'An event comes twice',
    group: 'messages',
    words: 'The latest event comes once more',
  },
  {
    name: 'poison',
    code: 'Z',
    label: 'A poison event comes',
    group: 'messages',
    words: 'An event of an order comes that nobody knows',
  },
  {
    name: 'kill-after-commit',
    code: 'K',
    label: 'Kill, as an order is committed',
    group: 'kills',
    words: 'A customer orders, and each process is killed as soon as the order is committed',
  },
  {
    name: 'kill-after-yes',
    code: 'Y',
    label: 'Kill, when a mail was taken',
    group: 'kills',
    words:
      'An order ships, and each process is killed when the provider has taken the mail, before that is on record',
  },
  {
    name: 'restart',
    code: 'U',
    label: 'Start them again',
    group: 'kills',
    words: 'Each process is started again on its file',
  },
] as const satisfies readonly Action[];

const refusals = labCustomers.map((customer) => {
  const name = `${customer.charAt(0).toUpperCase()}${customer.slice(1)}`;
  return {
    name: `refuse-${customer}`,
    code: `R${customer.charAt(0)}`,
    label: `${name}’s`,
    group: 'refuses',
    words: `The mail provider refuses ${name}’s address for good`,
  } as const;
});

export type ActionName = (typeof happenings | typeof refusals)[number]['name'];

export const actions: readonly (Action & { readonly name: ActionName })[] = [...happenings, ...refusals];

/** @throws {InputError} there is none of that name. */
export function actionOf(name: string): Action & { readonly name: ActionName } {
  const found = actions.find((action) => action.name === name);
  if (found !== undefined) return found;
  throw new InputError({
    message: `there is no action ${JSON.stringify(name.slice(0, 50))}`,
    help: `Known: ${actions.map((action) => action.name).join(', ')}.`,
  });
}
