import { type AccountsService, createAccounts } from './accounts/service.ts';
import { type BillingService, createBilling } from './billing/service.ts';
import { createOrdering, type OrderingService } from './ordering/service.ts';
import { createPricing, type PricingService } from './pricing/service.ts';
import { createPromotions, type PromotionsService } from './promotions/service.ts';
import type { ServicePorts } from './unit-of-work.ts';

/**
 * The shop. A command resolves once its change and its events are committed and the events are published.
 * One that is refused throws a {@link DomainError}, changes nothing and publishes nothing. Commands given
 * at the same time take effect one after the other.
 */
export interface Services {
  readonly accounts: AccountsService;
  readonly ordering: OrderingService;
  readonly pricing: PricingService;
  readonly billing: BillingService;
  readonly promotions: PromotionsService;
}

/** The same commands, of which each may answer with something beside that it is done: what, its architecture says. */
export type AnsweringServices = {
  readonly [Name in keyof Services]: {
    [Command in keyof Services[Name]]: Services[Name][Command] extends (input: infer Input) => Promise<void>
      ? (input: Input) => Promise<unknown>
      : never;
  };
};

/** The shop that publishes its events and knows nobody who listens. */
export function createServices(ports: ServicePorts): Services {
  return {
    accounts: createAccounts(ports),
    ordering: createOrdering(ports),
    pricing: createPricing(ports),
    billing: createBilling(ports),
    promotions: createPromotions(ports),
  };
}
