import { expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from '../../src/delivery/channels/public-address.ts';
import { ChannelError, httpWebhook, type ResolveHost } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { send, webhookSecret } from './webhook-receiver.ts';

const refused = [
  ['unspecified', '0.0.0.0', '::'],
  ['this network', '0.1.2.3'],
  ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ['CGNAT', '100.64.0.1', '100.127.255.255'],
  ['link-local', '169.254.1.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  ['metadata', '169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
  ['unique local', 'fc00::1', 'fd12:3456::1'],
  ['site-local', 'fec0::1'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1'],
  ['broadcast and reserved', '255.255.255.255', '240.0.0.1'],
  ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  ['AS112', '192.31.196.1', '192.175.48.1', '2620:4f:8000::1'],
  ['tunnels and relays', '192.52.193.1', '192.88.99.1'],
  ['benchmarks', '198.18.0.1', '198.19.255.255'],
  ['IPv4-mapped', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::ffff:169.254.169.254'],
  ['IPv4-compatible', '::127.0.0.1', '::7f00:1'],
  ['NAT64', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::1'],
  ['6to4', '2002:7f00:1::', '2002:a9fe:a9fe::1'],
  ['Teredo', '2001:0:7f00:1::1'],
].flatMap(([kind = '', ...addresses]) => addresses.map((address) => [address, kind] as const));

const open = [
  '1.1.1.1',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '169.253.1.1',
  '2606:4700::1111',
  '2a00::1',
];

function webhook(found: string[], allowLoopback = false) {
  const asked: string[] = [];
  const resolve: ResolveHost = async (hostname) => {
    asked.push(hostname);
    return found;
  };
  const clock = new VirtualClock(0);
  return { asked, channel: httpWebhook({ clock, secret: webhookSecret, resolve, allowLoopback }) };
}

const refusal = expect.objectContaining({
  kind: 'permanent',
  message: expect.stringContaining('address_not_public'),
});

it.each(refused)('%s (%s) is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(refused)('%s (%s) is refused as the address of a host', async (address) => {
  const { channel, asked } = webhook([address]);

  await expect(send(channel, 'https://hooks.example/in')).rejects.toEqual(refusal);
  expect(asked).toEqual(['hooks.example']);
});

// A URL cannot name a zone.
it.each(refused.filter(([address]) => !address.includes('%')))(
  '%s (%s) is refused as the host of a URL',
  async (address) => {
    const host = address.includes(':') ? `[${address}]` : address;
    const { channel, asked } = webhook(['1.1.1.1']);

    await expect(send(channel, `http://${host}/`)).rejects.toEqual(refusal);
    expect(asked).toEqual([]);
  },
);

it.each(open)('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each(['', 'hooks.example', '127.1', '1.1.1.1/8', '2606:4700::1111%eth0', ' 1.1.1.1'])(
  '%j is not plainly an address, so it is refused',
  (text) => {
    expect(isPublicAddress(text)).toBe(false);
    expect(isLoopbackAddress(text)).toBe(false);
  },
);

it.each(['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/', 'http://①②⑦.0.0.1/'])(
  'loopback is recognised in other writings: %s',
  async (url) => {
    await expect(send(webhook([]).channel, url)).rejects.toEqual(refusal);
  },
);

it('a host without any address that may be reached is refused, however many it has', async () => {
  const { channel } = webhook(['10.0.0.1', '::1', '169.254.169.254']);

  await expect(send(channel, 'http://hooks.example/')).rejects.toEqual(refusal);
});

it('localhost is refused, as the operating system finds it', async () => {
  const channel = httpWebhook({ clock: new VirtualClock(0), secret: webhookSecret });

  await expect(send(channel, 'http://localhost/')).rejects.toEqual(refusal);
});

it.each(refused.filter(([, kind]) => kind !== 'loopback'))(
  '%s (%s) stays refused where loopback is allowed',
  async (address) => {
    await expect(send(webhook([address], true).channel, 'http://hooks.example/')).rejects.toEqual(refusal);
  },
);

it.each([
  ['no URL', 'elsewhere', 'invalid_url'],
  ['an empty one', '', 'invalid_url'],
  ['a file', 'file:///etc/passwd', 'scheme_not_allowed'],
  ['another protocol', 'ftp://hooks.example/', 'scheme_not_allowed'],
  ['a name in it', 'https://kim@hooks.example/', 'credentials_in_url'],
  ['a password in it', 'https://:hunter2@hooks.example/', 'credentials_in_url'],
])('%s is refused before anything is looked up', async (_, url, reason) => {
  const { channel, asked } = webhook(['1.1.1.1']);

  const thrown = await send(channel, url).catch((error: unknown) => error);

  expect(thrown).toBeInstanceOf(ChannelError);
  expect(thrown).toMatchObject({ kind: 'permanent', message: `the webhook's URL is refused: ${reason}` });
  expect(asked).toEqual([]);
});
