export { type CommandDrivenOptions, createCommandDriven } from './command-driven.ts';
export { type CommandDrivenMessages, commandDrivenMessages } from './messages.ts';
export { divergences } from './divergences.ts';
