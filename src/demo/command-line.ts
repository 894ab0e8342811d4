import { type Command, CommanderError } from 'commander';
import { AppError, messageOf } from '../kernel/index.ts';
import { type Environment, refuseSwallowedFlags } from './swallowed-flags.ts';

/** One command and its flags; to its exit code: 0 done; 1 ran, and something is wrong; 2 bad usage or input. */
export async function runCommandLine(
  argv: readonly string[],
  env: Environment = process.env,
): Promise<number> {
  const [name = '', ...rest] = argv;
  const load = commands[name];
  if (load === undefined) {
    process.stderr.write(`there is no command "${name}". Known: ${Object.keys(commands).join(', ')}.\n`);
    return 2;
  }
  let exitCode = 0;
  const command = await load((code) => {
    exitCode = code;
  });
  try {
    command.exitOverride().configureOutput({
      outputError: (text, write) => write(`${name}: ${text.trim().replace(/^error: /, '')}${howTo(name)}\n`),
    });
    refuseSwallowedFlags(command, name, rest, env);
    await command.parseAsync(rest, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    return exitCodeOf(name, thrown);
  }
}

/** Behind what commander says, which may end with a stop. */
const howTo = (name: string): string => ` (npm run ${name} -- --help)`;

/** Each command is loaded only when it is asked for: what the others need costs start-up time. */
const commands: Readonly<Record<string, (exitWith: (code: number) => void) => Promise<Command>>> = {
  demo: async (exitWith) => (await import('./commands/demo.ts')).demoCommand(exitWith),
  replay: async (exitWith) => (await import('./commands/replay.ts')).replayCommand(exitWith),
  explain: async (exitWith) => (await import('./commands/explain.ts')).explainCommand(exitWith),
  pipeline: async (exitWith) => (await import('./commands/pipeline.ts')).pipelineCommand(exitWith),
  'dead-letters': async (exitWith) =>
    (await import('./commands/dead-letters.ts')).deadLettersCommand(exitWith),
  suppressions: async (exitWith) =>
    (await import('./commands/suppressions.ts')).suppressionsCommand(exitWith),
  resume: async (exitWith) => (await import('./commands/resume.ts')).resumeCommand(exitWith),
  compare: async (exitWith) => (await import('./commands/compare.ts')).compareCommand(exitWith),
  projections: async (exitWith) => (await import('./commands/projections.ts')).projectionsCommand(exitWith),
  status: async () => (await import('./commands/status.ts')).statusCommand(),
};

function exitCodeOf(name: string, thrown: unknown): number {
  // commander has said what is wrong, or printed the help.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof AppError) {
    process.stderr.write(`${name}: ${thrown.message}. ${thrown.help}\n`);
    // It ran, and could not keep what it did; everything else was of no use from the beginning.
    return thrown.code === 'datastore_unavailable' ? 1 : 2;
  }
  process.stderr.write(`${name}: unexpected: ${messageOf(thrown)}. Please report it; DEBUG=1 shows where.\n`);
  if (process.env.DEBUG) console.error(thrown);
  return 1;
}
