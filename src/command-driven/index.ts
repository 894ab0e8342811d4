export { createCommandDriven } from './command-driven.ts';
export { divergences } from './divergences.ts';
export { commandDrivenMessages } from './messages.ts';
