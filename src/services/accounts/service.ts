import { createUnitOfWork, type ServicePorts } from '../unit-of-work.ts';
import { validate } from '../validate.ts';
import { type RegisterCustomer, registerCustomerSchema } from './commands.ts';
import { registerCustomer } from './rules.ts';

/** Who the customers are. Every refusal is a {@link DomainError}. */
export interface AccountsService {
  /**
   * Publishes CustomerRegistered. What is left out: no phone, no further addresses, the default preferences,
   * no quiet hours.
   */
  registerCustomer(command: RegisterCustomer): Promise<void>;
}

export function createAccounts(ports: ServicePorts): AccountsService {
  const unitOfWork = createUnitOfWork(ports);
  return {
    async registerCustomer(input) {
      const command = validate(registerCustomerSchema, input, 'accounts.registerCustomer');
      await unitOfWork(async ({ customers }) => {
        const { customer, events } = registerCustomer(await customers.find(command.customerId), command);
        await customers.insert(customer);
        return events;
      });
    },
  };
}
