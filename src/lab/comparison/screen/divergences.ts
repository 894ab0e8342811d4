import { cut, drawEntry, drawHeading, type Terminal, unique, wrap } from '../../../report/index.ts';
import type { DeclaredDivergence } from '../comparison.ts';

/** What each architecture admits, with the test that shows it. Empty when none admits anything. */
export function drawDivergences(divergences: readonly DeclaredDivergence[], terminal: Terminal): string[] {
  if (divergences.length === 0) return [];
  const { width } = terminal;
  const architectures = unique(divergences.map(({ architecture }) => architecture));
  return [
    ...drawHeading('Declared divergences, each shown by a test', terminal),
    ...architectures.flatMap((name) => [
      `  ${cut(name, width - 2)}`,
      ...divergences
        .filter(({ architecture }) => architecture === name)
        .flatMap((divergence) => drawDivergence(divergence, terminal)),
    ]),
  ];
}

function drawDivergence({ id, words, shownBy }: DeclaredDivergence, terminal: Terminal): string[] {
  const { colors, width } = terminal;
  const inner = { ...terminal, width: width - 2 };
  return [
    ...drawEntry(id, words, inner).map((line) => `  ${line}`),
    ...wrap(shownBy, width - 6).map((line) => `      ${colors.dim(cut(line, width - 6))}`),
  ];
}
