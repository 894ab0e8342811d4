import { readdirSync, readFileSync } from 'node:fs';
import { InvalidTemplateError, nameOf, type TemplateKey } from './template-errors.ts';

/** Section name → its Liquid. */
export type TemplateSource = ReadonlyMap<string, string>;

/** Where a frame has the section of the template that it surrounds. */
const slot = '{{ body }}';

/**
 * One template in one language, in the frame of its family if there is one; undefined when it has no file.
 * @throws {InvalidTemplateError} when the file has lines outside its sections, or no section `text`.
 */
export function readTemplate(directory: URL, key: TemplateKey): TemplateSource | undefined {
  const source = read(directory, key);
  if (source === undefined) return undefined;
  const sections = partSections(source, key);
  if (!sections.has('text')) throw new InvalidTemplateError(key, 'it has no section "text"');
  const frameKey = { ...key, type: 'frame' };
  const frame = partSections(read(directory, frameKey) ?? '', frameKey);
  for (const [name, body] of sections) {
    const around = frame.get(name);
    if (around !== undefined)
      sections.set(
        name,
        around.replace(slot, () => body),
      );
  }
  return sections;
}

/** Every family that has a template, whatever it says and in whatever language. */
export function familiesIn(directory: URL): Set<string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return new Set(files.flatMap((file) => /([a-z0-9-]+)\.[a-z]+\.liquid$/.exec(file)?.[1] ?? []));
}

function read(directory: URL, key: TemplateKey): string | undefined {
  try {
    return readFileSync(new URL(`${nameOf(key)}.liquid`, directory), 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InvalidTemplateError(key, 'its file cannot be read', thrown);
  }
}

/** Sections begin with a line such as `=== text ===`; the empty lines around their text do not count. */
function partSections(source: string, key: TemplateKey): Map<string, string> {
  const [before = '', ...parts] = source.replaceAll('\r\n', '\n').split(/^=== ([a-z]+) ===$/m);
  if (before.trim() !== '') throw new InvalidTemplateError(key, 'it has text in front of its first section');
  const sections = new Map<string, string>();
  for (let index = 0; index < parts.length; index += 2) {
    sections.set(parts[index] ?? '', (parts[index + 1] ?? '').trim());
  }
  return sections;
}
