import type { Stage } from '../../pipeline-runtime/index.ts';
import { type Action, type ModerationMessage, machine } from './messages.ts';

/** Where a content is, and how it came there. */
export interface Content {
  readonly authorId: string;
  readonly status: 'submitted' | 'in_review' | 'published' | 'removed' | 'warned' | 'refused';
  readonly reason: string | null;
  /** Who decided first. */
  readonly by: string | null;
  readonly submittedAtMs: number;
  readonly decidedAtMs: number | null;
  readonly isOverdue: boolean;
  /** First decisions: there is to be one. */
  readonly decisions: number;
  /** Statements that its author was sent, and those that could not be. */
  readonly statements: number;
  readonly failedStatements: number;
  readonly appeal: 'open' | 'restored' | 'upheld' | null;
  readonly appealedTo: string | null;
}

export const statusAfter: Readonly<Record<Action, Content['status']>> = {
  publish: 'published',
  remove: 'removed',
  warn: 'warned',
};

const blank: Content = {
  authorId: '',
  status: 'submitted',
  reason: null,
  by: null,
  submittedAtMs: 0,
  decidedAtMs: null,
  isOverdue: false,
  decisions: 0,
  statements: 0,
  failedStatements: 0,
  appeal: null,
  appealedTo: null,
};

type Shown = ModerationMessage<
  | 'ContentSubmitted'
  | 'ContentRefused'
  | 'ReviewQueued'
  | 'ReviewOverdue'
  | 'ActionEnforced'
  | 'StatementSent'
  | 'StatementFailed'
  | 'AppealQueued'
  | 'AppealDecided'
>;

/** Keeps what became of each content. */
export const contentStage: Stage<Shown, never, Content> = {
  name: 'contents',
  accepts: [
    'ContentSubmitted',
    'ContentRefused',
    'ReviewQueued',
    'ReviewOverdue',
    'ActionEnforced',
    'StatementSent',
    'StatementFailed',
    'AppealQueued',
    'AppealDecided',
  ],
  state: { initial: () => blank },
  handle(message, { state }) {
    const before = state.get();
    state.set({ ...before, ...changeOf(message, before) });
    return [];
  },
};

function changeOf({ type, data, time }: Shown, before: Content): Partial<Content> {
  switch (type) {
    case 'ContentSubmitted':
      return { authorId: data.authorId, submittedAtMs: Date.parse(time) };
    case 'ContentRefused':
      return { status: 'refused', reason: data.reason, by: machine, decidedAtMs: Date.parse(time) };
    case 'ReviewQueued':
      return { status: 'in_review' };
    case 'ReviewOverdue':
      return { isOverdue: true };
    case 'ActionEnforced': {
      const { action, reason, by, isAppeal } = data;
      const status = statusAfter[action];
      if (isAppeal) return { status, reason };
      return { status, reason, by, decidedAtMs: Date.parse(time), decisions: before.decisions + 1 };
    }
    case 'StatementSent':
      return { statements: before.statements + 1 };
    case 'StatementFailed':
      return { failedStatements: before.failedStatements + 1 };
    case 'AppealQueued':
      return { appeal: 'open' };
    case 'AppealDecided':
      return { appeal: data.outcome, appealedTo: data.by };
  }
}
