export type { Architecture, Divergence, Surround } from './architecture.ts';
