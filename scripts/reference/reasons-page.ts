import { customerWords, deliverySteps, type ReasonCode, reasons } from '../../src/notifications/index.ts';
import { code, page, prose, table } from './markdown.ts';
import { guidance } from './reason-guide.ts';

/** Every reason code, in the order of the steps that give them. */
export function reasonsPage(): string {
  const codes = (Object.keys(reasons) as ReasonCode[]).sort(
    (one, other) => deliverySteps.indexOf(reasons[one].step) - deliverySteps.indexOf(reasons[other].step),
  );
  return page([
    '# Reasons',
    '<!-- Made by `npm run reference` from src/notifications; a test fails when it is stale. -->',
    'Every verdict about a delivery has one of these codes, in the ledger, in reports and in what `explain` shows. The codes are stable.',
    `The steps are asked in this order, and the first that objects decides: ${deliverySteps.map(code).join(', ')}.`,
    '*Sent*, *skipped* and *dead letter* are ends; a dead letter is one until a person re-drives or discards it. What *waits* is asked all steps again when its time has come.',
    table(
      ['code', 'step', 'then', 'what it means', 'what to do'],
      codes.map((each) => [
        code(each),
        reasons[each].step,
        guidance[each].leadsTo,
        prose(reasons[each].words),
        prose(guidance[each].todo),
      ]),
    ),
    '## Reasons that customers read',
    'Why a payment failed or an order was cancelled is a code too, given with the command. These have words in the messages; any other leaves its sentence out, or says that the provider gave no reason.',
    wordsTable(),
  ]);
}

function wordsTable(): string {
  const languages = Object.keys(customerWords);
  const codes = Object.keys(customerWords[languages[0] ?? ''] ?? {});
  return table(
    ['code', ...languages],
    codes.map((each) => [
      code(each),
      ...languages.map((language) => prose(customerWords[language]?.[each] ?? '')),
    ]),
  );
}
