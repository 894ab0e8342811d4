import type {
  AccountsService,
  BillingService,
  OrderingService,
  PricingService,
  PromotionsService,
} from '../services/index.ts';
import type { BulkResult } from './bulk-result.ts';
import type { NotifyResult } from './notification-api.ts';

/** The commands that have something to say to one customer. */
type Telling =
  | 'registerCustomer'
  | 'placeOrder'
  | 'shipOrder'
  | 'shipLineItem'
  | 'deliverOrder'
  | 'cancelOrder'
  | 'failPayment'
  | 'receivePayment';

/** What a command answers here, beside that it is done: undefined when there was nobody to tell, and nothing of note from the others. */
type Answer<Command> = Command extends 'updatePrice' | 'activatePromotion'
  ? BulkResult
  : Command extends Telling
    ? NotifyResult | undefined
    : unknown;

/** A service of the shop that answers what became of its notifications. */
export type Answering<Service> = {
  [Command in keyof Service]: Service[Command] extends (input: infer Input) => Promise<void>
    ? (input: Input) => Promise<Answer<Command>>
    : never;
};

/** The shop, whose commands answer what became of their notifications. */
export interface CallingServices {
  readonly accounts: Answering<AccountsService>;
  readonly ordering: Answering<OrderingService>;
  readonly pricing: Answering<PricingService>;
  readonly billing: Answering<BillingService>;
  readonly promotions: Answering<PromotionsService>;
}
