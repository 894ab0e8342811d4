import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const project = mkdtempSync(join(tmpdir(), 'notification-architectures-project-'));
const installed = join(project, 'node_modules/notification-architectures');

/** As `npm install` would leave it, without a registry: the tarball, and what it says that it depends on. */
async function install(): Promise<void> {
  const { stdout } = await execute('npm', ['pack', '--silent', '--pack-destination', project], { cwd: root });
  mkdirSync(installed, { recursive: true });
  const tarball = join(project, stdout.trim().split('\n').at(-1) ?? '');
  await execute('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
}

const consumer = `
import { captureSms, createShop, type MessageOf, type ShopEvents } from 'notification-architectures';

const sms = captureSms();
const shop = await createShop({ channels: [sms], bus: 'in-memory' });
shop.bus.subscribe({
  name: 'greeter',
  handles: ['CustomerRegistered'],
  async handle({ data }: MessageOf<ShopEvents, 'CustomerRegistered'>) {
    console.log('heard of', data.customerId);
  },
});
await shop.start();
await shop.services.accounts.registerCustomer({
  customerId: 'mia', name: 'Mia', email: 'mia@example.com', phone: '+442079460000',
  segment: 'gold', locale: 'en-GB', timeZone: 'Europe/London', preferences: { order_updates: { sms: true } },
});
await shop.services.pricing.addProduct({ productId: 'helmet', name: 'Helmet', price: { amount: 3499, currency: 'USD' } });
await shop.services.ordering.placeOrder({
  orderId: 'ord-1', customerId: 'mia', lineItems: [{ lineItemId: 'l-1', productId: 'helmet', quantity: 1 }],
});
await shop.services.ordering.shipOrder({ orderId: 'ord-1' });
await shop.settle();
for (const { to, text } of sms.outbox.all()) console.log(to, text);
await shop.close();
`;

const inProject = (file: string, ...args: string[]) =>
  execute(process.execPath, [file, ...args], { cwd: project });
const commandLine = (...args: string[]) =>
  inProject(join(installed, 'bin/notification-architectures.mjs'), ...args);

beforeAll(install, 300_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the package, in a project of its own', { timeout: 300_000 }, () => {
  it('is imported, subscribed to and sends, with its types, by plain Node', async () => {
    const options = { module: 'nodenext', target: 'es2023', strict: true, skipLibCheck: false, types: [] };
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
    writeFileSync(join(project, 'consumer.ts'), consumer);
    await inProject(compiler, '-p', '.').catch(({ stdout }) => expect(stdout).toBe(''));

    const { stdout } = await inProject('consumer.js');

    expect(stdout).toContain('heard of mia\n');
    expect(stdout).toContain('+442079460000 Hill & Valley Cycles: your order ord-1 is on its way');
  });

  it('holds nothing but the program', async () => {
    const { stdout } = await execute('tar', ['-tzf', join(project, 'notification-architectures-0.1.0.tgz')]);
    const folders = new Set(
      stdout
        .trim()
        .split('\n')
        .map((path) => path.split('/')[1]),
    );

    expect([...folders].sort()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'package.json']);
  });

  it('brings the command line', async () => {
    const { stdout } = await commandLine('demo', 'order-shipped');

    expect(stdout).toContain('1 of 1 scenario as expected');
  });

  it('kills a process of its own as the checkout does', async () => {
    const { stdout } = await commandLine('demo', 'crash-and-recover');

    expect(stdout).toContain('1 of 1 scenario as expected');
  });

  it('says that a comparison needs the sources', async () => {
    const compare = commandLine('compare').catch((failed) => failed);

    expect(await compare).toMatchObject({ code: 2, stderr: expect.stringContaining('checkout') });
  });
});
