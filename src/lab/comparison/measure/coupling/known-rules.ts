import { notificationKinds } from '../../../../notifications/index.ts';
import { withoutComments } from './source-text.ts';

/** What notifications/ offers to those who decide themselves when to tell whom. */
export const rules: readonly string[] = [
  'isPriceDrop',
  'isSwitchedOn',
  'mayBeTold',
  'orderStatusNotification',
];

/**
 * Whether a file knows when to tell whom: it imports one of the rules by name, or names one of the notifications
 * that there are. Who only passes notifications on does neither.
 */
export function knowsTheRules(source: string): boolean {
  const code = withoutComments(source);
  return importedNames(code).some((name) => rules.includes(name)) || namesNotification(code);
}

function importedNames(code: string): string[] {
  const imports = code.matchAll(/\bimport\s*(?:type\s*)?\{([^}]*)\}\s*from\b/g);
  return [...imports].flatMap(([, names = '']) => {
    return names.split(',').map(
      (name) =>
        name
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s/)[0] ?? '',
    );
  });
}

const namesNotification = (code: string): boolean =>
  Object.keys(notificationKinds).some((type) => code.includes(`'${type}'`));
