export { createApiDriven } from './api-driven.ts';
export { divergences } from './divergences.ts';
