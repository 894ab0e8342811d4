import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export interface Asset {
  readonly text: string;
  readonly mediaType: string;
}

/** All there are: no name that somebody asks for becomes a path. */
const mediaTypes: Readonly<Record<string, string>> = {
  'pages.css': 'text/css; charset=utf-8',
  'pages.js': 'text/javascript; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'posting.js': 'text/javascript; charset=utf-8',
  'doing.js': 'text/javascript; charset=utf-8',
  'mending.js': 'text/javascript; charset=utf-8',
  'plots.js': 'text/javascript; charset=utf-8',
  'uplot.js': 'text/javascript; charset=utf-8',
  'uplot.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** What comes from a library stands where that was installed. */
const libraries: Readonly<Record<string, string>> = {
  'uplot.js': require.resolve('uplot/dist/uPlot.esm.js'),
  'uplot.css': require.resolve('uplot/dist/uPlot.min.css'),
};

/** A script, the style or the icon of the pages. Undefined: there is none of this name. */
export async function assetOf(name: string): Promise<Asset | undefined> {
  if (!Object.hasOwn(mediaTypes, name)) return undefined;
  const text = await readFile(libraries[name] ?? new URL(`./assets/${name}`, import.meta.url), 'utf8');
  return { text, mediaType: mediaTypes[name] ?? '' };
}
