export const actions = ['register', 'link', 'login', 'enrol', 'use', 'logout', 'password'] as const;

/** Something that somebody does in front of the door. */
export interface AuthRow {
  readonly atMs: number;
  readonly action: (typeof actions)[number];
  readonly email: string;
  readonly password: string;
  /** Six digits, or `app`: what the app on her phone shows at that moment. */
  readonly code: string;
  readonly device: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly newPassword: string;
}
