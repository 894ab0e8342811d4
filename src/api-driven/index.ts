export { type ApiDrivenOptions, createApiDriven } from './api-driven.ts';
export type { ChannelResult, NotificationApi, NotifyRequest, NotifyResult } from './notification-api.ts';
export { divergences } from './divergences.ts';
