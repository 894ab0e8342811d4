import {
  type AccountsService,
  commandSchemas,
  commit,
  createServices,
  registerCustomer,
  validate,
} from '../services/index.ts';
import type { CallingPorts } from './calling-ports.ts';

/** Accounts, which welcomes its customers itself; of what else becomes of an account nobody is told. */
export function createAccounts({ notifications, ...ports }: CallingPorts): AccountsService {
  const { accounts } = createServices({ ...ports, publisher: { publish: async () => {} } });
  return {
    ...accounts,
    async registerCustomer(input) {
      const command = validate(commandSchemas.accounts.registerCustomer, input, 'accounts.registerCustomer');
      const [registered] = await commit(ports, async ({ customers }) => {
        const { customer, events } = registerCustomer(await customers.find(command.customerId), command);
        await customers.insert(customer);
        return events;
      });
      if (registered === undefined) return;
      const { customerId } = command;
      await notifications.notify({
        type: 'welcome',
        customerId,
        cause: registered,
        about: customerId,
        variables: {},
      });
    },
  };
}
