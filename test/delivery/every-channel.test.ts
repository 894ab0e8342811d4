import { chatChannel } from '../../examples/chat-channel.ts';
import { captureEmail, capturePush, captureSms, captureWebhook } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { describeChannelContract } from './channel-contract.ts';

describeChannelContract('captured email', ({ capacity }) => {
  const channel = captureEmail({ clock: new VirtualClock(0), capacity });
  return { channel, sent: () => channel.outbox.all() };
});

describeChannelContract('captured SMS', ({ capacity }) => {
  const channel = captureSms({ capacity });
  return { channel, sent: () => channel.outbox.all() };
});

describeChannelContract('captured push', ({ capacity }) => {
  const channel = capturePush({ capacity });
  return { channel, sent: () => channel.outbox.all() };
});

describeChannelContract('captured webhook', ({ capacity }) => {
  const channel = captureWebhook({ clock: new VirtualClock(0), capacity });
  return { channel, sent: () => channel.outbox.all() };
});

describeChannelContract('the chat of the examples', ({ capacity }) => {
  const channel = chatChannel({ capacity });
  return { channel, sent: () => channel.outbox.all() };
});
