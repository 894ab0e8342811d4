import type { ScenarioComparison } from '../../../src/lab/comparison/comparison.ts';
import type { PathStep } from '../../../src/report/diagram.ts';

type Arrow = readonly [kind: PathStep['kind'], from: string, to: string, name: string, times?: number];

const steps = (...arrows: readonly Arrow[]): PathStep[] =>
  arrows.map(([kind, from, to, name, times = 1]) => ({ kind, from, to, name, times }));

/** From the request to the provider, as in every architecture. */
const delivered = (notification: string): Arrow[] => [
  ['write', 'delivery', 'datastore', 'deliveries'],
  ['read', 'delivery', 'datastore', 'customers'],
  ['send', 'delivery', 'email', notification],
  ['send', 'delivery', 'sms', notification],
  ['write', 'delivery', 'datastore', 'decisions', 2],
];

const command = (service: string, name: string): Arrow[] => [
  ['call', 'caller', service, name],
  ['write', service, 'datastore', service === 'ordering' ? 'orders' : 'products'],
  ['write', service, 'datastore', 'events'],
];

export const orderShipped: ScenarioComparison = {
  scenario: 'order-shipped',
  title: 'Orders leave the warehouse; one customer has no phone.',
  deliveries: 4,
  differences: [],
  paths: [
    {
      architecture: 'event-sourced',
      steps: steps(
        ...command('ordering', 'shipOrder'),
        ['message', 'ordering', 'bus', 'OrderStatusChanged'],
        ['message', 'bus', 'notification-service', 'OrderStatusChanged'],
        ['call', 'notification-service', 'delivery', 'request'],
        ...delivered('order-shipped'),
      ),
    },
    {
      architecture: 'api-driven',
      steps: steps(
        ...command('ordering', 'shipOrder'),
        ['call', 'ordering', 'notification-api', 'notify'],
        ['call', 'notification-api', 'delivery', 'request'],
        ...delivered('order-shipped'),
      ),
    },
    {
      architecture: 'pipeline',
      steps: steps(
        ...command('ordering', 'shipOrder'),
        ['message', 'ordering', 'bus', 'OrderStatusChanged'],
        ['message', 'bus', 'validate', 'NotificationRequest'],
        ['message', 'validate', 'route', 'ValidRequest'],
        ['message', 'route', 'delivery', 'ChannelRequest', 2],
        ...delivered('order-shipped'),
        ['message', 'delivery', 'audit', 'ChannelOutcome', 2],
      ),
    },
    {
      architecture: 'command-driven',
      steps: steps(
        ...command('ordering', 'shipOrder'),
        ['message', 'ordering', 'bus', 'OrderStatusChanged'],
        ['message', 'bus', 'request-handlers', 'OrderStatusChanged'],
        ['message', 'request-handlers', 'bus', 'NotificationRequested'],
        ['message', 'bus', 'send-handler', 'SendNotification', 2],
        ['call', 'send-handler', 'delivery', 'request', 2],
        ...delivered('order-shipped'),
        ['message', 'send-handler', 'bus', 'NotificationSent', 2],
      ),
    },
  ],
};

export const priceDrop: ScenarioComparison = {
  scenario: 'price-drop',
  title: 'A product in many carts becomes cheaper.',
  deliveries: 8,
  differences: ['command-driven: + ben price-drop email: segment_not_eligible'],
  paths: [
    {
      architecture: 'event-sourced',
      steps: steps(
        ...command('pricing', 'updatePrice'),
        ['message', 'pricing', 'bus', 'PriceChanged'],
        ['message', 'bus', 'notification-service', 'PriceChanged'],
        ['read', 'notification-service', 'datastore', 'carts'],
        ['call', 'notification-service', 'delivery', 'request'],
        ...delivered('price-drop'),
      ),
    },
    {
      architecture: 'api-driven',
      steps: steps(
        ...command('pricing', 'updatePrice'),
        ['read', 'pricing', 'datastore', 'carts'],
        ['read', 'pricing', 'datastore', 'customers'],
        ['call', 'pricing', 'notification-api', 'notifyBulk'],
        ['call', 'notification-api', 'delivery', 'request'],
        ...delivered('price-drop'),
      ),
    },
    { architecture: 'pipeline', steps: [], unplayable: 'it has no way to read carts' },
    {
      architecture: 'command-driven',
      steps: steps(
        ...command('pricing', 'updatePrice'),
        ['message', 'pricing', 'bus', 'PriceChanged'],
        ['message', 'bus', 'request-handlers', 'PriceChanged'],
        ['read', 'request-handlers', 'datastore', 'carts'],
        ['message', 'request-handlers', 'bus', 'NotificationRequested', 4],
        ['message', 'bus', 'send-handler', 'SendNotification', 8],
        ...delivered('price-drop'),
      ),
    },
  ],
};
