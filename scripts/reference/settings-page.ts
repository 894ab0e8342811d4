import { type NotificationKind, notificationKinds } from '../../src/notifications/index.ts';
import { environment } from './environment.ts';
import { code, page, prose, table } from './markdown.ts';
import { readSource, type SettingsGroup } from './settings-in-source.ts';

/**
 * Every setting and its default, as the comments in the source have them.
 * @throws when a variable is read from the environment of which nobody says what it does.
 */
export function settingsPage(root: string): string {
  const { groups, fixed, variables } = readSource(root);
  const isOfEnvironment = ({ settings }: SettingsGroup): boolean =>
    settings.every(({ name }) => /^[A-Z_]+$/.test(name));
  const ofProviders = groups.filter(isOfEnvironment).flatMap(({ settings }) => settings);
  const known = {
    ...environment,
    ...Object.fromEntries(ofProviders.map(({ name, words }) => [name, words])),
  };
  for (const name of variables)
    if (!Object.hasOwn(known, name))
      throw new Error(`${name}: say in scripts/reference/environment.ts what it does`);
  return page([
    '# Settings',
    '<!-- Made by `npm run reference` from the comments in src; a test fails when it is stale. -->',
    'What can be set and what holds when it is not. Times end in their unit: `Ms` for milliseconds, `Minutes`. What the commands take is in their `--help`.',
    '## Environment',
    table(
      ['variable', 'what it does'],
      Object.entries(known)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, words]) => [code(name), prose(words)]),
    ),
    '## Notifications',
    'What the catalogue says of each. `usefulForMinutes` is the default of the delivery setting of that name.',
    notifications(),
    ...groups.filter((group) => !isOfEnvironment(group)).flatMap(sectionOf),
    '## Fixed values',
    'These are constants: to change one is to change the code.',
    table(
      ['value', 'is', 'what it is', 'where'],
      fixed.map(({ name, value, words, file }) => [code(name), code(value), prose(words), linkTo(file)]),
    ),
  ]);
}

function notifications(): string {
  const kinds: readonly (readonly [string, NotificationKind])[] = Object.entries(notificationKinds);
  return table(
    ['notification', 'category', 'priority', 'channels', 'usefulForMinutes'],
    kinds.map(([type, { category, priority, onlyOn, usefulForMinutes }]) => [
      code(type),
      category,
      priority,
      onlyOn?.join(', ') ?? 'all',
      usefulForMinutes === undefined ? 'always' : String(usefulForMinutes),
    ]),
  );
}

function sectionOf({ name, words, file, settings }: SettingsGroup): string[] {
  return [
    `## ${name}`,
    [...(words === '' ? [] : [prose(words.replace(/\s+/g, ' '))]), linkTo(file)].join(' '),
    table(
      ['setting', 'type', 'what it does'],
      settings.map((setting) => [code(setting.name), code(setting.type), prose(setting.words)]),
    ),
  ];
}

const linkTo = (file: string): string => `[${file.replace(/^src\//, '')}](../${file})`;
