import { z } from 'zod';
import { commandSchemas } from '../../src/services/index.ts';
import { fieldsOf } from './fields.ts';

/** docs/HISTORY.md: every command that a history may hold, each with a line of `sample` that gives it. */
export function historyPage(sample: readonly string[]): string {
  const services = Object.entries(commandSchemas).flatMap(([service, commands]) => [
    `## ${service}`,
    ...Object.entries(commands).flatMap(([command, schema]) => [
      `### ${command}`,
      tableOf(schema),
      exampleOf(sample, service, command),
    ]),
  ]);
  return `${[...head, ...services].join('\n\n')}\n`;
}

const head = [
  '# What a history holds',
  '<!-- Made by `npm run history-page` from the schemas of the commands. -->',
  `A history is a file in UTF-8 with one JSON object a line, oldest first: \`at\`, a date and time with an offset; the
\`service\` and its \`command\`; and the \`data\`. Blank lines are passed over, and so are keys that nobody knows. A line that is
no command, or that the shop refuses, is reported with its number and counted; with \`--strict\` the first ends the run.`,
  `\`\`\`sh
npm run replay -- examples/history/adventureworks-sample.ndjson
\`\`\``,
  `The lines below are from [that file](../examples/history/README.md), but for that of \`shipOrder\`. \`[]\` stands for each of
a list, \`*\` for a name: \`preferences.*.*\` has a category and a channel, \`addresses.*\` a channel.`,
];

function tableOf(schema: z.ZodType): string {
  const fields = fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const rows = fields.map(
    ({ path, isOptional, what }) =>
      `| \`${path}\` | ${isOptional ? 'may be left out' : 'needed'} | ${what} |`,
  );
  return ['| in `data` | | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Whose shop that was shipped item by item. */
const shipOrder =
  '{"at":"2015-01-04T03:27:00Z","service":"ordering","command":"shipOrder","data":{"orderId":"ord-SO45079"}}';

/** Of several the shortest, which shows no less. */
function exampleOf(sample: readonly string[], service: string, command: string): string {
  const isOne = (line: string): boolean => line.includes(`"service":"${service}","command":"${command}"`);
  const [example] = [...sample, shipOrder].filter(isOne).sort((one, other) => one.length - other.length);
  return example === undefined ? 'There is no line of it.' : `\`\`\`json\n${example}\n\`\`\``;
}
