import { busName, escaped, measured, tableOf } from '../../../report/index.ts';
import type { Comparison } from '../comparison.ts';

const heading = '## Times, throughput and memory';

/** All that depends on the machine, and nothing else: what {@link maskTimings} makes unreadable. */
export function behaviourSection({ behaviour, machine }: Comparison): string[] {
  if (behaviour.length === 0) return [];
  const rows = behaviour.map(({ architecture, bus, handOverMs, callerMs, deliveriesPerSecond, peakMb }) => [
    escaped(architecture),
    escaped(busName(bus)),
    ...[handOverMs.p50, handOverMs.p99, callerMs.p50, callerMs.p99].map(measured),
    ...[deliveriesPerSecond, peakMb].map(measured),
  ]);
  return [
    heading,
    '',
    'Hand-over: ms from the command to the provider, which takes 50 ms. Caller: ms until the command returns.',
    '',
    `Measured on ${escaped(machine)}.`,
    '',
    ...tableOf(
      ['', 'bus', 'hand-over p50', 'p99', 'caller p50', 'p99', 'deliveries/s', 'peak MB'],
      rows,
      'right',
    ),
    '',
  ];
}

/**
 * The page with every figure that depends on the machine masked: two pages are equal after it when only such
 * figures differ between them.
 */
export function maskTimings(markdown: string): string {
  const [before = '', ...rest] = markdown.split(`${heading}\n`);
  const after = rest.join(`${heading}\n`);
  if (rest.length === 0) return before;
  const end = after.indexOf('\n## ');
  const section = end === -1 ? after : after.slice(0, end);
  const masked = section
    .replace(/^Measured on .*$/m, 'Measured on #.')
    .replace(/(?<=\| )\d+(?:[.,]\d+)*(?= \|)/g, '#');
  return `${before}${heading}\n${masked}${after.slice(section.length)}`;
}
