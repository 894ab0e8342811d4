/** What answers for an address, whose failures say nothing of others; undefined: the channel's one provider. */
export function endpointOf(channel: string, address: string): string | undefined {
  if (channel === 'webhook') return `host ${address.split('/')[2]}`;
  return channel === 'email' ? `domain ${address.split('@')[1]}` : undefined;
}

/** Who is paced as one: a webhook's host, or everything that goes through the channel's provider. */
export const paceOf = (channel: string, address: string): string =>
  channel === 'webhook' ? `webhook ${endpointOf(channel, address)}` : channel;
