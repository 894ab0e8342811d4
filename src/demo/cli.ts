import { runCommandLine } from './command-line.ts';

// A reader that has seen enough (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}

process.exitCode = await runCommandLine(process.argv.slice(2));
// What a provider keeps open, such as a connection on which it is silent, holds nobody up.
process.stdout.write('', () => process.exit());
