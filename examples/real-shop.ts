import { captureEmail, createShop, systemClock } from '../src/demo/index.ts';

// `smtpEmail({ url, clock })` in its place sends; `data: 'shop.db'` keeps all of it.
const email = captureEmail({ clock: systemClock() });
const shop = await createShop({ channels: [email] });
shop.bus.subscribe({
  name: 'newcomers',
  handles: ['CustomerRegistered'],
  handle: async ({ data }) => console.log(`${data.customerId} is new`),
});
await shop.start();
await shop.services.accounts.registerCustomer({
  customerId: 'mia',
  name: 'Mia',
  email: 'mia@example.com',
  segment: 'gold',
  locale: 'en-GB',
  timeZone: 'Europe/London',
});
await shop.settle();
for (const { to, subject } of email.outbox.all()) console.log(`${to}  ${subject}`);
await shop.close();
