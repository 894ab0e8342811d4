/**
 * Mails of flows, sent through delivery's channels: the one room that other flows may import.
 *
 * @example
 * ```ts
 * import { captureEmail } from './src/delivery/index.ts';
 * import { mailStage } from './src/flows/mails/index.ts';
 * import { VirtualClock } from './src/kernel/index.ts';
 * import { createTemplates } from './src/notifications/index.ts';
 *
 * const channel = captureEmail({ clock: new VirtualClock(0) });
 * const welcome = mailStage({
 *   accepts: ['MemberJoined'],
 *   channel,
 *   templates: createTemplates(),
 *   from: { name: 'The library', address: 'desk@library.example' },
 *   compose: ({ id }) => ({
 *     key: `welcome:${id}`,
 *     to: 'ada@example.com',
 *     recipientName: 'Ada',
 *     template: 'own-text',
 *     variables: { subject: 'Welcome', message: 'Good to have you here.' },
 *   }),
 * });
 * console.log(welcome.name, channel.outbox.count);
 * ```
 */
export { type Mail, mailStage } from './mail-stage.ts';
