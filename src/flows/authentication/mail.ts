import type { Channel } from '../../delivery/index.ts';
import { createTemplates } from '../../notifications/index.ts';
import { MessageRefusedError, type Stage } from '../../pipeline-runtime/index.ts';
import { mailStage } from '../mails/index.ts';
import type { Keys } from './keys.ts';
import { type AlertKind, type AuthMessage, authMessages as messages } from './messages.ts';
import { policy } from './policy.ts';

/** Where whoever has an account is written to; undefined: there is none. */
export type AddressOf = (userId: string) => Promise<string | undefined>;

export interface MailPorts {
  readonly channel: Channel;
  readonly keys: Keys;
  readonly addressOf: AddressOf;
}

type In = AuthMessage<'VerificationRequested' | 'RegistrationRepeated' | 'UserCreated' | 'SecurityAlert'>;
type Out = AuthMessage<'MailSent' | 'MailFailed'>;

/** One stage for each mail, so that none waits for another. */
export const mailStages = (ports: MailPorts): readonly Stage<In, Out>[] => [
  stageOf('verify-mail', ['VerificationRequested', 'RegistrationRepeated'], ports),
  stageOf('welcome', ['UserCreated'], ports),
  stageOf('alert', ['SecurityAlert'], ports),
];

function stageOf(
  name: string,
  accepts: readonly In['type'][],
  { channel, keys, addressOf }: MailPorts,
): Stage<In, Out> {
  return mailStage<In, Out>({
    name,
    accepts,
    channel,
    templates: createTemplates({ directory: new URL('./templates/', import.meta.url) }),
    from: policy.service,
    async compose(message) {
      const { userId } = message.data;
      const to = await addressOf(userId);
      if (to === undefined)
        throw new MessageRefusedError('no_address', {
          message: 'nobody has an account of that name',
          help: 'Discard it.',
        });
      const { template, key, variables } = mailOf(message, keys);
      const recipientName = to.split('@')[0] ?? to;
      return { to, recipientName, template, key, variables: { ...variables, service: policy.service.name } };
    },
    told(message, end, { next }) {
      const { userId } = message.data;
      const mail = mailOf(message, keys).template;
      return [
        end.isSent
          ? next(messages.MailSent, { userId, mail })
          : next(messages.MailFailed, { userId, mail, reason: end.reason }),
      ];
    },
  });
}

const alertWords: Readonly<Record<AlertKind, string>> = {
  new_device: 'from a device that you have not used before',
  new_country: 'from a country where you have not logged in before',
  impossible_travel: 'from another country, sooner than anybody gets there',
  password_changed: '',
};

/** The link is made here, at the last moment: it is in the mail, and nowhere else. */
function mailOf({ type, data }: In, keys: Keys) {
  switch (type) {
    case 'VerificationRequested': {
      const link = `${policy.site}/verify#${keys.tokenOf(data.credentialId)}`;
      return { template: 'verify', key: `verify ${data.credentialId}`, variables: { link } };
    }
    case 'RegistrationRepeated':
      return { template: 'registered-already', key: `repeated ${data.attemptId}`, variables: {} };
    case 'UserCreated':
      return { template: 'welcome', key: `welcome ${data.userId}`, variables: {} };
    case 'SecurityAlert': {
      const { kind, deviceId: device, country, causeId } = data;
      const variables = { how: alertWords[kind], device, country };
      const template = kind === 'password_changed' ? 'password-changed' : 'alert';
      return { template, key: `alert ${causeId}`, variables };
    }
  }
}
