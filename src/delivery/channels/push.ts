import { RecentMap } from '../../kernel/index.ts';
import { inOneLine, type NotificationKind, notificationKinds, shop } from '../../notifications/index.ts';
import { type Channel, ChannelError, type OutgoingMessage } from '../channel.ts';
import { type Captured, defaultCapacity, Outbox } from './outbox.ts';

/** A push notification as it would have gone out. */
export interface CapturedPush extends Captured {
  /** A later push with the same id replaces this one on the device: the delivery's id. */
  readonly collapseId: string;
  readonly title: string;
  /** As it is shown: cut, with an ellipsis, where the whole would not have fitted. */
  readonly text: string;
  /** What stands on the app's icon: how many pushes to this device came since the app was opened. */
  readonly badge: number;
  /** The name of a sound, `default` the device's own; null is silent. */
  readonly sound: string | null;
  /** What a tap opens. */
  readonly link: string;
  /** The JSON that the provider gets, in the shape of Apple's; at most 4,096 bytes of UTF-8. */
  readonly payload: string;
}

export interface CapturePushOptions {
  /** How many messages are kept. Default 1,000. */
  capacity?: number;
}

export interface PushCapture extends Channel {
  readonly outbox: Outbox<CapturedPush>;
  /** The app tells that it was opened on the device: its badge counts anew. */
  opened(to: string): void;
}

/** Of so many devices the badge is known; whoever was quiet for longest counts anew. */
const countedDevices = 100_000;

/**
 * Push notifications that go into an outbox instead of the world. A text that is too long is cut; what comes a second time
 * under its key has the badge that it had.
 * @throws {ChannelError} from `send`, permanent, when even without its text the payload has more than
 *   4,096 bytes: no provider takes it.
 */
export function capturePush({ capacity = defaultCapacity }: CapturePushOptions = {}): PushCapture {
  const outbox = new Outbox<CapturedPush>(capacity);
  const badges = new RecentMap<number>(countedDevices);
  const given = new RecentMap<number>(capacity);
  return {
    name: 'push',
    templates: 'push',
    outbox,
    opened: (to) => void badges.take(to),
    async send({ to, ...message }, { idempotencyKey }) {
      const shown = badges.get(to) ?? 0;
      const badge = given.get(idempotencyKey) ?? shown + 1;
      outbox.add({ deliveryId: idempotencyKey, to, ...composePush(message, idempotencyKey, badge) });
      given.set(idempotencyKey, badge);
      badges.set(to, Math.max(badge, shown));
      return { id: `captured-${idempotencyKey}` };
    },
  };
}

const payloadLimitBytes = 4096;

function composePush(
  { content, notification }: Pick<OutgoingMessage, 'content' | 'notification'>,
  deliveryId: string,
  badge: number,
) {
  const kind: NotificationKind | undefined = notification && notificationKinds[notification.type];
  const sound = kind?.sound === undefined ? 'default' : kind.sound;
  const title = inOneLine(content.subject ?? '') || shop.name;
  const link = content.link || shop.url;
  const payloadOf = (body: string): string =>
    JSON.stringify({
      aps: { alert: { title, body }, badge, ...(sound !== null && { sound }) },
      link,
      // The app drops what it has seen: a provider may show one push twice.
      collapseId: deliveryId,
    });
  const text = longestFitting(
    content.text,
    (body) => Buffer.byteLength(payloadOf(body)) <= payloadLimitBytes,
  );
  if (text === undefined) {
    throw new ChannelError('permanent', {
      message: `the push does not fit ${payloadLimitBytes} bytes, even without its text`,
    });
  }
  return { collapseId: deliveryId, title, text, badge, sound, link, payload: payloadOf(text) };
}

/** `text`, or as much of it as fits in front of an ellipsis; undefined when not even the ellipsis does. */
function longestFitting(text: string, fits: (text: string) => boolean): string | undefined {
  if (fits(text)) return text;
  // Whole code points: half a surrogate pair would be shown as a broken character.
  const codePoints = Array.from(text.slice(0, payloadLimitBytes));
  const cut = (length: number): string => `${codePoints.slice(0, length).join('').trimEnd()}…`;
  if (!fits(cut(0))) return undefined;
  let fitting = 0;
  let tooLong = codePoints.length + 1;
  while (tooLong - fitting > 1) {
    const middle = Math.floor((fitting + tooLong) / 2);
    if (fits(cut(middle))) fitting = middle;
    else tooLong = middle;
  }
  return cut(fitting);
}
