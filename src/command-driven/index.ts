export { type CommandDrivenOptions, createCommandDriven } from './command-driven.ts';
export { divergences } from './divergences.ts';
export { type CommandDrivenMessages, commandDrivenMessages } from './messages.ts';
