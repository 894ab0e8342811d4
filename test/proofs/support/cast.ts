/** Somebody who hears of everything on every channel. */
export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly phone: string;
  readonly webhook: string;
  /** In London, where it is winter: by UTC. */
  readonly quietHours: { readonly start: string; readonly end: string } | null;
}

/** Kim has a mail domain and a webhook host alone; the other two share theirs. */
export const customers: readonly [Customer, ...Customer[]] = [
  {
    id: 'kim',
    email: 'kim@one.example',
    phone: '+15550100123',
    webhook: 'https://kim.example/hook',
    quietHours: null,
  },
  {
    id: 'sam',
    email: 'sam@two.example',
    phone: '+15550100124',
    webhook: 'https://shared.example/sam',
    quietHours: { start: '22:00', end: '07:00' },
  },
  {
    id: 'lee',
    email: 'lee@two.example',
    phone: '+15550100125',
    webhook: 'https://shared.example/lee',
    quietHours: null,
  },
];

export const channelNames = ['email', 'sms', 'webhook'] as const;
export type ChannelName = (typeof channelNames)[number];

/** Empty: on no such channel. */
export function addressOf({ email, phone, webhook }: Customer, channel: string): string {
  return { email, sms: phone, webhook }[channel as ChannelName] ?? '';
}

export const orderIds = ['order-0', 'order-1', 'order-2', 'order-3', 'order-4', 'order-5'] as const;
export const lineItemsPerOrder = 2;

/** An order belongs to the same customer in every schedule. */
export const customerOf = (orderId: string): string =>
  (customers[Number(orderId.at(-1)) % customers.length] ?? customers[0]).id;
