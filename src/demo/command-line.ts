import { type Command, CommanderError } from 'commander';
import { AppError, messageOf } from '../kernel/index.ts';
import { helpfulCommand, pathOf, programName } from './help.ts';
import { type Environment, refuseSwallowedFlags } from './swallowed-flags.ts';

type ExitWith = (code: number) => void;

interface Script {
  readonly does: string;
  /** Only when it is asked for: what the others need costs start-up time. */
  load(exitWith: ExitWith): Promise<Command>;
}

/** The commands of the program, in the order in which its help lists them. */
const scripts: Readonly<Record<string, Script>> = {
  demo: {
    does: 'Play scenarios of the shop: which events flowed, who was notified, who was not, and why.',
    load: async (exitWith) => (await import('./commands/demo.ts')).demoCommand(exitWith),
  },
  replay: {
    does: 'Play a shop history in virtual time, and say what became of every delivery.',
    load: async (exitWith) => (await import('./commands/replay.ts')).replayCommand(exitWith),
  },
  explain: {
    does: 'Say why a customer was, or was not, notified.',
    load: async (exitWith) => (await import('./commands/explain.ts')).explainCommand(exitWith),
  },
  pipeline: {
    does: 'Send notification requests through the pipeline: validate, route, a stage a channel, audit.',
    load: async (exitWith) => (await import('./commands/pipeline.ts')).pipelineCommand(exitWith),
  },
  flow: {
    does: 'Play a flow of the gallery on the runtime of pipelines: sagas, streams, timers.',
    load: async (exitWith) => (await import('./commands/flow.ts')).flowCommand(exitWith),
  },
  'dead-letters': {
    does: 'Look at what was given up, send it on its way again, or let it go.',
    load: async (exitWith) => (await import('./commands/dead-letters.ts')).deadLettersCommand(exitWith),
  },
  suppressions: {
    does: 'See which addresses are not written to any more, and why; add some, or let them be used again.',
    load: async (exitWith) => (await import('./commands/suppressions.ts')).suppressionsCommand(exitWith),
  },
  receipts: {
    does: 'Put on record what providers report of messages that they had taken: bounce mails, callbacks.',
    load: async (exitWith) => (await import('./commands/receipts.ts')).receiptsCommand(exitWith),
  },
  serve: {
    does: 'Serve the shop over HTTP, in real time, until Ctrl-C or SIGTERM.',
    load: async () => (await import('./commands/serve.ts')).serveCommand(),
  },
  worker: {
    does: 'Run a process of a deployment, as the environment says: one of many on a database, until SIGTERM.',
    load: async () => (await import('./commands/worker.ts')).workerCommand(),
  },
  lab: {
    does: 'Break four architectures by hand, side by side on a page: providers, messages, the processes themselves.',
    load: async () => (await import('./commands/lab.ts')).labCommand(),
  },
  resume: {
    does: 'Take up what a process that was stopped, or killed, has left in its datastore.',
    load: async (exitWith) => (await import('./commands/resume.ts')).resumeCommand(exitWith),
  },
  compare: {
    does: 'Compare the architectures: paths, coupling, faults, times; all of it measured here and now.',
    load: async (exitWith) => (await import('./commands/compare.ts')).compareCommand(exitWith),
  },
  events: {
    does: 'Look at the event log, follow it, write it to a file, read one in, hand it to somebody new.',
    load: async (exitWith) => (await import('./commands/events.ts')).eventsCommand(exitWith),
  },
  projections: {
    does: 'See what is made of the event log, how far it has come, or make it anew.',
    load: async (exitWith) => (await import('./commands/projections.ts')).projectionsCommand(exitWith),
  },
  status: {
    does: 'Count what became of the deliveries: sent, skipped, failed, pending, and how long it took.',
    load: async () => (await import('./commands/status.ts')).statusCommand(),
  },
};

/** One command and its flags; to its exit code: 0 done; 1 ran, and something is wrong; 2 bad usage or input. */
export async function runCommandLine(
  argv: readonly string[],
  env: Environment = process.env,
): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name !== '' && !name.startsWith('-') && !Object.hasOwn(scripts, name)) {
    process.stderr.write(`there is no command "${name}". Known: ${Object.keys(scripts).join(', ')}.\n`);
    return 2;
  }
  // As good as not set; it would be taken for a name.
  if (process.env.DATASTORE === '') delete process.env.DATASTORE;
  let exitCode = 0;
  const program = await programOf(name, (code) => {
    exitCode = code;
  });
  try {
    const command = program.commands.find((each) => each.name() === name);
    if (command !== undefined) refuseSwallowedFlags(command, name, rest, env);
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    return exitCodeOf(name, thrown);
  }
}

/** All that there is by its name, and the one command that is asked for as it is. */
async function programOf(asked: string, exitWith: ExitWith): Promise<Command> {
  const program = helpfulCommand(programName).helpCommand(false);
  for (const [name, { does, load }] of Object.entries(scripts)) {
    const command = name === asked ? await load(exitWith) : helpfulCommand(name);
    program.addCommand(command.description(does).helpCommand(false));
  }
  for (const command of withAllUnder(program)) saysWhatIsWrong(command);
  return program;
}

const withAllUnder = (command: Command): Command[] => [command, ...command.commands.flatMap(withAllUnder)];

function saysWhatIsWrong(command: Command): void {
  const [script, ...rest] = pathOf(command);
  // Behind what commander says, which may end with a stop.
  const howTo = script === undefined ? '--help' : ['npm run', script, '--', ...rest, '--help'].join(' ');
  command.configureOutput({
    outputError: (text, write) =>
      write(
        `${script ?? programName}: ${text
          .trim()
          .replace(/^error: /, '')
          .replace(/\s*\n\s*/g, ' ')} (${howTo})\n`,
      ),
  });
}

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
