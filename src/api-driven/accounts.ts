import {
  type AccountsService,
  commandSchemas,
  createServices,
  registerCustomer,
  validate,
} from '../services/index.ts';
import type { Answering } from './answers.ts';
import type { CallingPorts } from './calling-ports.ts';

/** Accounts, which welcomes its customers itself; of what else becomes of an account nobody is told. */
export function createAccounts({ handOver, ...ports }: CallingPorts): Answering<AccountsService> {
  const { accounts } = createServices({ ...ports, publisher: { publish: async () => {} } });
  return {
    ...accounts,
    async registerCustomer(input) {
      const command = validate(commandSchemas.accounts.registerCustomer, input, 'accounts.registerCustomer');
      const { customerId } = command;
      const [welcomed] = await handOver.tell(
        async ({ customers }) => {
          const { customer, events } = registerCustomer(await customers.find(customerId), command);
          await customers.insert(customer);
          return events;
        },
        (cause) => [{ type: 'welcome', customerId, cause, about: customerId, variables: {} }],
      );
      return welcomed;
    },
  };
}
