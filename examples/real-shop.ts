/** A shop for real use, in real time. `smtpEmail({ url })` in place of the captured one sends; `data` keeps it all. */
import { captureEmail, createShop, systemClock } from '../src/demo/index.ts';

const email = captureEmail({ clock: systemClock() });
const shop = await createShop({ channels: [email] });
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
