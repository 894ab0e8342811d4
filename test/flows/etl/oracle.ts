/** What is to become of some lines, worked out from the whole list of them. */
export function expectedOf(lines: readonly (readonly string[])[]) {
  const kept = new Map<string, { station: string; metres: number; priceMinor: number; startedAt: string }>();
  const rejected: { line: number; reasons: string[] }[] = [];
  let duplicates = 0;
  for (const [index, [id = '', at = '', station = '', km = '', price = '']] of lines.entries()) {
    const cells = { ride_id: id, started_at: at, station, km, price };
    const texts = Object.entries(cells).map(([name, text]) => [name, text.trim()] as const);
    const value = Object.fromEntries(texts);
    const reasons = texts.filter(([, text]) => text === '').map(([name]) => `missing_${name}`);
    const startedAt = minute(value.started_at ?? '');
    if (value.started_at !== '' && startedAt === undefined) reasons.push('bad_time');
    const numbers = [decimal(value.km ?? ''), decimal(value.price ?? '')] as const;
    if (numbers.some((number, which) => number === undefined && [value.km, value.price][which] !== ''))
      reasons.push('bad_number');
    if ((numbers[0] ?? 0) < 0) reasons.push('negative_km');
    if ((numbers[1] ?? 0) < 0) reasons.push('negative_price');
    if (reasons.length > 0) rejected.push({ line: index + 2, reasons });
    else if (kept.has(value.ride_id ?? '')) duplicates++;
    else
      kept.set(value.ride_id ?? '', {
        station: (value.station ?? '').toLowerCase(),
        metres: Math.round((numbers[0] ?? 0) * 1000),
        priceMinor: Math.round((numbers[1] ?? 0) * 100),
        startedAt: startedAt ?? '',
      });
  }
  return { kept, rejected, duplicates };
}

function decimal(text: string): number | undefined {
  const number = Number(text.replace(',', '.'));
  return text === '' || Number.isNaN(number) ? undefined : number;
}

function minute(text: string): string | undefined {
  const parts = text.split(/[.\- :]/).map(Number);
  const [year, month, day, hour, min] = text.includes('.')
    ? [parts[2], parts[1], parts[0], parts[3], parts[4]]
    : parts;
  const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (year === undefined || month === undefined || day === undefined || text.length !== 16) return undefined;
  if (!(day >= 1 && day <= (daysIn[month - 1] ?? 0))) return undefined;
  const two = (number = 0): string => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(min)}:00`;
}
