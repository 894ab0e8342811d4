import { z } from 'zod';
import { commandSchemas } from '../../src/services/index.ts';
import { fieldsOf } from './fields.ts';

/**
 * docs/HISTORY.md: every command that a history may hold, each with a line of `sample` that gives it, or else of
 * `another`.
 */
export function historyPage(sample: readonly string[], another: readonly string[]): string {
  const services = Object.entries(commandSchemas).flatMap(([service, commands]) => [
    `## ${service}`,
    ...Object.entries(commands).flatMap(([command, schema]) => [
      `### ${command}`,
      tableOf(schema),
      exampleOf(sample, service, command) ??
        exampleOf(another, service, command) ??
        'There is no line of it.',
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
  `The lines below are from [that file](../examples/history/README.md), and where it has none, from
[a-customer.ndjson](../examples/history/a-customer.ndjson). \`[]\` stands for each of a list, \`*\` for a name:
\`preferences.*.*\` has a category and a channel, \`addresses.*\` a channel.`,
];

function tableOf(schema: z.ZodType): string {
  const fields = fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const rows = fields.map(
    ({ path, isOptional, what }) =>
      `| \`${path}\` | ${isOptional ? 'may be left out' : 'needed'} | ${what} |`,
  );
  return ['| in `data` | | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Of several the shortest, which shows no less. */
function exampleOf(lines: readonly string[], service: string, command: string): string | undefined {
  const isOne = (line: string): boolean => line.includes(`"service":"${service}","command":"${command}"`);
  const [example] = lines.filter(isOne).sort((one, other) => one.length - other.length);
  return example && `\`\`\`json\n${example}\n\`\`\``;
}
