import type { Random } from '../../kernel/index.ts';
import type { AuthRow } from './row.ts';

/** Two hundred a second come twenty at a time. */
const atOnce = 20;
const everyMs = 100;
const loginsAUser = 18;

/** Two hundred requests a second: users who register, follow their link and log in; one login in ten has a wrong password, one in twenty is of nobody. */
export function generated(count: number, random: Random, beginsAtMs: number): readonly AuthRow[] {
  const users = Math.max(1, Math.ceil(count / (loginsAUser + 2)));
  const row = (index: number, more: Pick<AuthRow, 'action' | 'email'> & Partial<AuthRow>): AuthRow => ({
    atMs: beginsAtMs + Math.floor(index / atOnce) * everyMs,
    password: '',
    code: '',
    device: '',
    country: '',
    newPassword: '',
    ...more,
  });
  const emailOf = (user: number): string => `user-${user}@example.com`;
  const passwordOf = (user: number): string => `correct horse battery staple ${user}`;
  return Array.from({ length: count }, (_, index) => {
    if (index < users)
      return row(index, { action: 'register', email: emailOf(index), password: passwordOf(index) });
    // Everybody has registered by then, and a link cannot be followed before its mail is there.
    const late = index + atOnce;
    if (index < 2 * users) return row(late, { action: 'link', email: emailOf(index - users) });
    const user = Math.floor(random.next() * users);
    const kind = random.next();
    const email = kind < 0.05 ? `nobody-${index}@example.com` : emailOf(user);
    const password = kind < 0.15 ? 'a wrong one' : passwordOf(user);
    return row(late + atOnce, { action: 'login', email, password, device: 'laptop', country: 'GB' });
  });
}
