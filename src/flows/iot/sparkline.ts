const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A bar for each value, from the lowest of the scale to the highest: `▁▁▂█▂▁`. */
export function sparkline(
  values: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const steps = bars.length;
  const barOf = (value: number): string => {
    const share = to > from ? (value - from) / (to - from) : 0;
    return bars[Math.min(steps - 1, Math.max(0, Math.floor(share * steps)))] ?? '';
  };
  return values.map(barOf).join('');
}
