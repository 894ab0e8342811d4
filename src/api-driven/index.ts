export { type ApiDrivenOptions, createApiDriven } from './api-driven.ts';
export { divergences } from './divergences.ts';
export type { ChannelResult, NotificationApi, NotifyRequest, NotifyResult } from './notification-api.ts';
