import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

/** A ```ts block behind `@example` in a doc comment of a room's door. */
export interface Example {
  /** `src/bus/index.ts` */
  readonly door: string;
  /** Of its first line in the door, from 1. */
  readonly line: number;
  readonly code: string;
}

/** The example of a door; undefined where there is none. Its imports are as from the root of the repository. */
export function exampleIn(door: string, text: string): Example | undefined {
  const lines = text.split('\n');
  const tag = lines.findIndex((line) => line.trim() === '* @example');
  const begin = lines.findIndex((line, index) => tag !== -1 && index > tag && line.trim() === '* ```ts');
  const end = lines.findIndex((line, index) => index > begin && line.trim() === '* ```');
  if (begin === -1 || end === -1) return undefined;
  const code = lines.slice(begin + 1, end).map((line) => line.replace(/^ ?\* ?/, ''));
  return { door, line: begin + 2, code: code.join('\n') };
}

/** Every door has an example, and each compiles and runs. One line for each that does not. */
export async function checkExamples(root: string): Promise<string[]> {
  if (!existsSync(join(root, 'src'))) return [];
  const doors = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)index\.ts$/.test(path))
    .map((path) => `src/${path}`)
    .sort();
  const found = doors.map((door) => ({
    door,
    example: exampleIn(door, readFileSync(join(root, door), 'utf8')),
  }));
  const missing = found.filter(({ example }) => example === undefined);
  const examples = found.flatMap(({ example }) => example ?? []);
  const folder = join(root, `.examples-${process.pid}`);
  mkdirSync(folder);
  try {
    for (const [index, { code }] of examples.entries())
      writeFileSync(join(folder, `${index}.ts`), `${code.replaceAll("'./src/", "'../src/")}\nexport {};\n`);
    return [
      ...missing.map(({ door }) => `${door}:1: no example: a \`\`\`ts block behind @example`),
      ...(await compile(root, folder, examples)),
      ...(await runAll(root, folder, examples)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compile(root: string, folder: string, examples: readonly Example[]): Promise<string[]> {
  const config = { extends: '../tsconfig.json', include: ['*.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = await runCommand(`npx tsc -p "${folder}"`, root);
  return [...stdout.matchAll(/\.examples-\d+\/(\d+)\.ts\((\d+),\d+\): (.*)/g)].map(
    ([, index, line, message]) => {
      const example = examples[Number(index)];
      return `${example?.door}:${(example?.line ?? 0) + Number(line) - 1}: ${message}`;
    },
  );
}

async function runAll(root: string, folder: string, examples: readonly Example[]): Promise<string[]> {
  const failures: string[] = [];
  for (const [index, { door, line }] of examples.entries()) {
    const { exitCode, stderr } = await runCommand(
      `node --import tsx/esm "${join(folder, `${index}.ts`)}"`,
      root,
    );
    const cause = stderr.split('\n').find((text) => /^\w*Error\b/.test(text)) ?? '';
    if (exitCode !== 0) failures.push(`${door}:${line}: this example exits with ${exitCode}: ${cause}`);
  }
  return failures;
}
