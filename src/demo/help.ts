import { Command, type Help } from 'commander';
import { shownWidth, terminalOf, wrap } from '../report/index.ts';

/** What the help of a command says behind its options. */
export interface HelpTexts {
  /** What is typed behind `npm run `, and what that does where it is not plain. */
  readonly examples: readonly (readonly [typed: string, does?: string])[];
  /** A paragraph each. */
  readonly notes?: readonly string[];
  /** Left out: nothing is said of them. */
  readonly exitCodes?: string;
}

/** The program as `npx` knows it; `npm run` names the command alone. */
export const programName = 'notification-architectures';

/**
 * A command that throws instead of ending the process, and whose help breaks no word on any terminal; those that are
 * made under it are like it.
 */
export const helpfulCommand = (name: string): Command =>
  new Command(name)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 1, commandUsage: usageOf, formatItem: itemOf })
    .configureOutput({ getOutHelpWidth: widthOfHelp });

/** Adds texts behind the help of a command. */
export const withTexts = (command: Command, { examples, notes = [], exitCodes }: HelpTexts): Command =>
  command.addHelpText('after', () => {
    const width = widthOfHelp();
    const rows = examples.map(([typed, does = '']) => [`npm run ${typed}`, does] as const);
    const paragraphs = [...notes, ...(exitCodes === undefined ? [] : [`Exit codes: ${exitCodes}`])];
    return [
      `\nExamples:\n${rowsOf(rows, width)}`,
      ...paragraphs.map((text) => wrap(text, width).join('\n')),
    ].join('\n\n');
  });

/** The names from the script on: `dead-letters`, `redrive`. */
export function pathOf(command: Command): string[] {
  const above = command.parent === null ? [] : pathOf(command.parent);
  return command.name() === programName ? [] : [...above, command.name()];
}

const widthOfHelp = (): number => terminalOf(process.stdout).width;

function usageOf(command: Command): string {
  const [script, ...rest] = pathOf(command);
  const typed = script === undefined ? ['npx', programName] : ['npm run', script, '--', ...rest];
  return [...typed, command.usage()].join(' ');
}

const indent = '  ';
const gap = 2;
/** Where less is left beside the longest of the first column, the second stands under it. */
const narrowestColumn = 24;

function itemOf(term: string, termWidth: number, description: string, helper: Help): string {
  const width = helper.helpWidth ?? widthOfHelp();
  const left = leftBeside(termWidth, width);
  return (
    left < narrowestColumn ? below(term, description, width) : beside(term, description, left, width)
  ).join('\n');
}

function rowsOf(rows: readonly (readonly [string, string])[], width: number): string {
  const described = rows.filter(([, does]) => does !== '');
  const left = leftBeside(Math.max(0, ...described.map(([typed]) => shownWidth(typed))), width);
  const words = described.flatMap(([, does]) => does.split(' ').map(shownWidth));
  const isNarrow = left < Math.max(narrowestColumn, ...words);
  return rows
    .flatMap(([typed, does]) =>
      isNarrow || does === '' ? below(typed, does, width) : beside(typed, does, left, width),
    )
    .join('\n');
}

const leftBeside = (termWidth: number, width: number): number => width - indent.length - termWidth - gap;

function beside(term: string, description: string, left: number, width: number): string[] {
  const [first = '', ...more] = wrap(description, left);
  const start = width - left;
  return [`${indent}${term}`.padEnd(start) + first, ...more.map((line) => `${' '.repeat(start)}${line}`)];
}

function below(term: string, description: string, width: number): string[] {
  const lines = description === '' ? [] : wrap(description, width - 3 * indent.length);
  return [...typedOn(term, width), ...lines.map((line) => `${indent.repeat(3)}${line}`)];
}

/** What is typed, on as many lines as it takes; a shell reads them as one. */
function typedOn(typed: string, width: number): string[] {
  if (indent.length + shownWidth(typed) <= width) return [`${indent}${typed}`];
  const lines: string[] = [];
  let line = '';
  // A flag keeps what is said to it, and what stands in quotes is one word.
  for (const [word] of typed.matchAll(/(--[\w-]+ (?!-))?('[^']*'|\S+)/g)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (2 * indent.length + shownWidth(longer) + ' \\'.length <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines.map((each) => `${each} \\`), line].map(
    (each, index) => indent.repeat(index === 0 ? 1 : 2) + each,
  );
}
