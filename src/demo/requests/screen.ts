import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { type Terminal, terminalOf } from '../../report/index.ts';

type Screen = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command talks through: `process` has it. */
export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Screen;
  readonly stderr: Screen;
}

/** Lines for a person, or for another program, on a stream. */
export interface Page {
  readonly terminal: Terminal;
  /** Resolves when the stream has room for more: a slow reader does not fill our memory. */
  print(lines: readonly string[]): Promise<void>;
}

export function pageOn(stream: Screen): Page {
  const terminal = terminalOf(stream);
  return {
    // In a pipe each thing stays on its line, for `grep`.
    terminal: stream.isTTY === true ? terminal : { ...terminal, width: Number.POSITIVE_INFINITY },
    async print(lines) {
      if (lines.length === 0) return;
      if (!stream.write(`${lines.join('\n')}\n`)) await once(stream, 'drain');
    },
  };
}
