import type { Receipt } from './receipt.ts';

/** As a text: any script, a line for each fact and for each item. Lines end in CR LF, as every system shows them. */
export function textOf({ title, shop, facts, rows, total, thanks }: Receipt): string {
  const lines = [
    ...shop,
    '',
    title.toUpperCase(),
    '',
    ...facts.map(([label, value]) => `${label}: ${value}`),
    '',
    ...rows.map(([quantity, name, price, amount]) => `${quantity} × ${name}, ${price}: ${amount}`),
    ...(rows.length === 0 ? [] : ['']),
    `${total[0]}: ${total[1]}`,
    '',
    thanks,
    '',
  ];
  return lines.join('\r\n');
}
