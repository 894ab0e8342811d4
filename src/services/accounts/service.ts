import type { z } from 'zod';
import type { Customer } from '../../datastore/index.ts';
import { present } from '../customer.ts';
import { UnknownEntityError } from '../errors.ts';
import type { Fact } from '../fact.ts';
import { createUnitOfWork, type ServicePorts } from '../unit-of-work.ts';
import { validate } from '../validate.ts';
import { setQuietHours, unsubscribe, updateContact, updatePreferences } from './changes.ts';
import {
  accountsCommands,
  type EraseCustomer,
  type RegisterCustomer,
  type SetQuietHours,
  type Unsubscribe,
  type UpdateContact,
  type UpdatePreferences,
} from './commands.ts';
import { registerCustomer } from './rules.ts';

/** Who the customers are. Every refusal is a {@link DomainError}. */
export interface AccountsService {
  /**
   * Publishes CustomerRegistered. What is left out: no phone, no further addresses, the default preferences,
   * no quiet hours.
   */
  registerCustomer(command: RegisterCustomer): Promise<void>;
  /**
   * Publishes ContactChanged, if anything differs. What is left out stays; null takes an address away. A message that
   * waits goes to the address that the customer has when it leaves.
   */
  updateContact(command: UpdateContact): Promise<void>;
  /** Publishes PreferencesChanged, if anything differs. What is left out stays. */
  updatePreferences(command: UpdatePreferences): Promise<void>;
  /** Publishes PreferencesChanged, if they differ. What waits already waits until they would have ended. */
  setQuietHours(command: SetQuietHours): Promise<void>;
  /** Switches a category off on one channel, email where none is named. Publishes PreferencesChanged, if it was on. */
  unsubscribe(command: Unsubscribe): Promise<void>;
  /**
   * Publishes CustomerErased, the first time. Whatever tells who the customer is goes from every table in the same
   * transaction, and from the file right after it; the id stays taken, and is all that the ledger still names. Nothing
   * is sent to them from then on, but for what a provider had in hand already.
   */
  eraseCustomer(command: EraseCustomer): Promise<void>;
}

export function createAccounts(ports: ServicePorts): AccountsService {
  const unitOfWork = createUnitOfWork(ports);

  /** Of a customer who is there. */
  function changing<Command extends { customerId: string }>(
    name: keyof typeof accountsCommands & string,
    schema: z.ZodType<Command>,
    decide: (customer: Customer, command: Command) => { customer: Customer; events: readonly Fact[] },
  ) {
    return async (input: Command): Promise<void> => {
      const command = validate(schema, input, `accounts.${name}`);
      await unitOfWork(async ({ customers }) => {
        const before = present(await customers.find(command.customerId), command.customerId);
        const { customer, events } = decide(before, command);
        if (events.length > 0) await customers.update(customer);
        return events;
      });
    };
  }

  return {
    async registerCustomer(input) {
      const command = validate(accountsCommands.registerCustomer, input, 'accounts.registerCustomer');
      await unitOfWork(async ({ customers }) => {
        const { customer, events } = registerCustomer(await customers.find(command.customerId), command);
        await customers.insert(customer);
        return events;
      });
    },
    updateContact: changing('updateContact', accountsCommands.updateContact, updateContact),
    updatePreferences: changing('updatePreferences', accountsCommands.updatePreferences, updatePreferences),
    setQuietHours: changing('setQuietHours', accountsCommands.setQuietHours, setQuietHours),
    unsubscribe: changing('unsubscribe', accountsCommands.unsubscribe, unsubscribe),

    async eraseCustomer(input) {
      const { customerId } = validate(accountsCommands.eraseCustomer, input, 'accounts.eraseCustomer');
      await unitOfWork(async ({ customers }) => {
        const customer = await customers.find(customerId);
        if (customer === undefined) throw new UnknownEntityError('unknown_customer', customerId);
        // A second time too: a copy of the file from before may have come back.
        await customers.erase(customerId, ports.clock.now());
        return customer.erasedAtMs === undefined ? [{ type: 'CustomerErased', data: { customerId } }] : [];
      });
      await ports.datastore.purge();
    },
  };
}
