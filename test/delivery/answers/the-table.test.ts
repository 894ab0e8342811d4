import { expect, it } from 'vitest';
import { refusalOf } from '../../../src/delivery/channels/webhook-answer.ts';
import { outcomeOfReply, verdictOn } from './leads-to.ts';
import { knownReplies } from './smtp-replies.ts';
import { heardAtMs, type KnownAnswer, knownAnswers } from './webhook-answers.ts';

// `npx vitest run --project shared test/delivery/answers -u` writes it anew.
it('docs/PROVIDER-ANSWERS.md says what the classifiers say', async () => {
  expect(knownReplies.length).toBeGreaterThanOrEqual(80);

  await expect(page()).toMatchFileSnapshot('../../../docs/PROVIDER-ANSWERS.md');
});

const page = (): string => `# What each answer of a provider leads to

Generated from the cases of the classifiers' own tests (\`test/delivery/answers\`); a test fails when it is stale.

- **suppressed**: a dead letter, and the address is written to no more until \`npm run suppressions -- remove\` lifts it.
- **dead letter**: not tried again by itself, and nothing is held against the address; also whatever is not sure.
- **tried later**: by the schedule of retries. **slower**: the provider is well and has no time; no attempt is used up.
- *(relay)*: it is about the server and us, not about this recipient.

## Mail servers

The kind of the command that was answered decides first: only an answer to the recipient or to the mail itself can be
about a mailbox. Then the enhanced code (RFC 3463), then the wording: one that is about anything else wins.

| leads to | because | answer to | reply | seen at |
|---|---|---|---|---|
${knownReplies.map(smtpRow).join('\n')}

## Receivers of webhooks

| leads to | status | \`Retry-After\` | what it says |
|---|---|---|---|
${knownAnswers.map(webhookRow).join('\n')}
`;

const smtpRow = (known: (typeof knownReplies)[number]): string =>
  row([
    `**${outcomeOfReply(known)}**`,
    verdictOn(known).because,
    known.stage,
    known.reply
      .split('\n')
      .map((line) => `\`${line}\``)
      .join('<br>'),
    known.from,
  ]);

const webhookRow = (known: KnownAnswer): string =>
  row([`**${outcomeOfAnswer(known)}**`, String(known.status), known.retryAfter ?? '', known.says]);

function outcomeOfAnswer({ status, retryAfter }: KnownAnswer): string {
  const refusal = refusalOf({ host: 'hooks.example', status, retryAfter }, heardAtMs);
  if (refusal === undefined) return 'sent';
  if (refusal.suppress !== undefined) return 'suppressed';
  if (refusal.kind === 'permanent') return 'dead letter';
  const { retryAfterMs } = refusal;
  const when = refusal.isThrottled ? 'slower' : 'tried later';
  return retryAfterMs === undefined ? when : `${when}, after ${retryAfterMs / 1000} s at least`;
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
