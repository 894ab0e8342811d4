import type { Channel } from '../../delivery/index.ts';
import { createTemplates } from '../../notifications/index.ts';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { mailStage } from '../mails/index.ts';
import { type ModerationMessage, machine, moderationMessages as messages } from './messages.ts';

type In = ModerationMessage<'ActionEnforced' | 'AppealDecided'>;
type Said<Each extends In = In> = Each extends In ? Pick<Each, 'type' | 'data'> : never;
type Out = ModerationMessage<'StatementSent' | 'StatementFailed'>;

/**
 * Tells an author what was done to a text, why, whether a machine decided it, and how to complain (article 17 of the Digital
 * Services Act); and what came of the complaint. The text itself is not in it.
 */
export const statementStage = (channel: Channel): Stage<In, Out> =>
  mailStage<In, Out>({
    name: 'notify',
    accepts: ['ActionEnforced', 'AppealDecided'],
    channel,
    templates: createTemplates(),
    from: { name: 'The forum', address: 'desk@forum.example' },
    compose(message) {
      const variables = textsOf(message);
      if (variables === undefined) return undefined;
      const { contentId, authorId } = message.data;
      return {
        key: `statement:${contentId}:${message.type}`,
        to: `${authorId}@example.com`,
        recipientName: authorId,
        template: 'own-text',
        variables,
      };
    },
    told(message, end, { next }) {
      const { contentId, authorId } = message.data;
      const about = { contentId, authorId, of: whatWasDone(message) };
      return [
        end.isSent
          ? next(messages.StatementSent, about)
          : next(messages.StatementFailed, { ...about, reason: end.reason }),
      ];
    },
  });

const whatWasDone = ({ type, data }: In): string => (type === 'AppealDecided' ? data.outcome : data.action);

/** Undefined: nothing that anybody has to be told. */
export function textsOf(message: Said): { readonly subject: string; readonly message: string } | undefined {
  const { contentId } = message.data;
  if (message.type === 'AppealDecided') {
    const { outcome } = message.data;
    const isBack = outcome === 'restored';
    return {
      subject: isBack ? `Your text ${contentId} is back` : `The decision on your text ${contentId} stands`,
      message: `You complained, and another person has looked at your text ${contentId}. ${
        isBack ? 'It can be read again, and the strike is withdrawn.' : 'The decision was right, and stands.'
      }`,
    };
  }
  const { action, reason, by, isAppeal } = message.data;
  if (isAppeal || action === 'publish') return undefined;
  const done = action === 'remove' ? 'was removed' : 'is shown with a warning';
  const who = by === machine ? 'This was decided by a machine.' : 'A person decided this.';
  return {
    subject: `Your text ${contentId} ${done}`,
    message: `Your text ${contentId} ${done}. The reason: ${reason}. ${who} You may complain within six months: answer this mail, and somebody else will decide.`,
  };
}
