/** The fields of one group, by their names in lower case; of two of one name the first. */
export type Fields = ReadonlyMap<string, string>;

/** Of the whole mail first, then of each recipient; what has no name is not there. */
export const fieldGroups = (text: string): Fields[] =>
  text
    .split(/\n(?:[ \t]*\n)+/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);

export function fieldsOf(text: string): Fields {
  const fields = new Map<string, string>();
  for (const line of text.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name = '', value = ''] = /^([\w-]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name !== '' && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
const actionOfClass = { '2': 'delivered', '4': 'delayed', '5': 'failed' } as const;

/** Where a server leaves it out, its status says as much. */
export function actionOf(fields: Fields): (typeof actions)[number] | undefined {
  const given = fields.get('action');
  if (given === undefined) return actionOfClass[statusIn(fields)?.[0] as '2' | '4' | '5'];
  const [word = ''] = /^\w+/.exec(given.toLowerCase()) ?? [];
  return actions.find((action) => action === word);
}

/** The enhanced status code (RFC 3463), without the comment that may stand behind it. */
export const statusIn = (fields: Fields): string | undefined =>
  /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(fields.get('status') ?? '')?.[0];

/** The one whom the shop wrote to, before anybody forwarded it. */
export function addressIn(fields: Fields): string | undefined {
  const given = fields.get('original-recipient') ?? fields.get('final-recipient');
  if (given === undefined) return undefined;
  const [, address = given] = /^[\w-]+[ \t]*;(.*)$/.exec(given) ?? [];
  const decoded = fields.has('original-recipient') ? fromXtext(address) : address;
  return decoded.trim().replace(/^<(.*)>$/, '$1') || undefined;
}

/** Of RFC 3461: `+2B` is a plus sign. One in a word such as `kim+shop` is none of these, since its letters are small. */
const fromXtext = (text: string): string =>
  text.replaceAll(/\+(2B|3D)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** What the recipient's server said: each line with its reply code in front, as it was before it was folded. */
export const detailIn = (fields: Fields): string | undefined =>
  fields
    .get('diagnostic-code')
    ?.replace(/^[\w-]+[ \t]*;[ \t]*/, '')
    .replaceAll(/ (?=[45]\d\d[ -]#?[245]\.\d{1,3}\.\d{1,3}\b)/g, '\n');
