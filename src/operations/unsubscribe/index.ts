export { InvalidUnsubscribeLinkError, type Unsubscribed, unsubscribe } from './unsubscribe.ts';
