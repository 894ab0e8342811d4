import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Page, type Problem, parsePage, proseOf } from './page.ts';

const LINK = /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^\s*\[[^\]]+\]:\s*(\S+)|\b(?:src|href)="([^"]+)"/g;
const SCRIPT = /\bnpm (?:run (?:(?:-s|--silent) )?([\w:-]+)|(test|start)\b)/g;

/** Every link to a place inside the repository leads there, `#headings` included. */
export function checkLinks(page: Page, root: string): Problem[] {
  return proseOf(page).flatMap(([line, text]) =>
    [...text.matchAll(LINK)].flatMap((match) => {
      const target = match[1] ?? match[2] ?? match[3] ?? '';
      return isExternal(target) || leadsSomewhere(target, page, root)
        ? []
        : [{ line, message: `dead link ${target}` }];
    }),
  );
}

const NAMED = /\[`(\w+)`\]\(([^)\s#]+\.ts)\)/g;

/** A link `[`name`](file.ts)` leads to a file in which that name stands. */
export function checkNames(page: Page, root: string): Problem[] {
  return page.lines.flatMap((text, index) =>
    [...text.matchAll(NAMED)].flatMap(([, name = '', target = '']) => {
      const file = resolve(root, dirname(page.path), target);
      // A dead link is another check's.
      if (!existsSync(file) || new RegExp(`\\b${name}\\b`).test(readFileSync(file, 'utf8'))) return [];
      return [{ line: index + 1, message: `there is no ${name} in ${target}` }];
    }),
  );
}

const isExternal = (target: string) => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target);

function leadsSomewhere(target: string, page: Page, root: string): boolean {
  const [path = '', anchor] = decodeURI(target).split('#');
  const file = path === '' ? join(root, page.path) : resolve(root, dirname(page.path), path);
  if (relative(root, file).startsWith('..')) return false;
  if (path !== '' && !existsSync(file)) return false;
  if (anchor === undefined || !/\.md$/.test(file)) return true;
  const linked = path === '' ? page : parsePage(path, readFileSync(file, 'utf8'));
  return anchorsOf(linked).has(anchor);
}

/** The anchors GitHub gives to the headings of a page. */
function anchorsOf(page: Page): Set<string> {
  const anchors = new Set<string>();
  const fencedLines = new Set(
    page.blocks.flatMap(({ line, body }) => body.map((_, index) => line + 1 + index)),
  );
  for (const [index, text] of page.lines.entries()) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1];
    if (heading === undefined || fencedLines.has(index + 1)) continue;
    const slug = slugOf(heading);
    let anchor = slug;
    for (let copy = 1; anchors.has(anchor); copy += 1) anchor = `${slug}-${copy}`;
    anchors.add(anchor);
  }
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** Every `npm run X`, in code and in prose, is a script of package.json. */
export function checkScripts(page: Page, scripts: ReadonlySet<string>): Problem[] {
  return page.lines.flatMap((text, index) =>
    [...text.matchAll(SCRIPT)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((script) => !scripts.has(script))
      .map((script) => ({ line: index + 1, message: `package.json has no script "${script}"` })),
  );
}

export function checkLength(page: Page, maxLines: number): Problem[] {
  if (page.lines.length <= maxLines) return [];
  return [{ line: maxLines + 1, message: `${page.lines.length} lines, more than ${maxLines}` }];
}

export function checkFences(page: Page): Problem[] {
  return page.blocks
    .filter(({ closed }) => !closed)
    .map(({ line }) => ({ line, message: 'this block is never closed' }));
}
