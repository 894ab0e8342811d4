/** What stands between a part and whoever uses it. */
export interface Hooks<Part> {
  /** In the place of members of its own. */
  readonly instead?: Partial<Part>;
  /** In the place of each object in it; asked once a name, when that is first used. */
  within?<Member extends object>(name: string, member: Member): Member;
  /** Around each call of any other method; `call` passes it on, and what this answers is the caller's answer. */
  around?(method: string, call: () => unknown): unknown;
}

type Method = (...args: unknown[]) => unknown;

/**
 * The same part for whoever uses it, private fields and all, but for what the hooks say. What the part calls of its
 * own does not pass them. A frozen part cannot be intercepted: its members are what they are.
 */
export function intercept<Part extends object>(
  part: Part,
  { instead = {}, within, around }: Hooks<Part>,
): Part {
  const known = new Map<PropertyKey, { readonly member: unknown; readonly passed: unknown }>();

  function passing(member: unknown, name: string): unknown {
    if (typeof member === 'function' && around !== undefined) {
      return (...args: unknown[]) => around(name, () => (member as Method).apply(part, args));
    }
    if (typeof member === 'function') return member.bind(part);
    return typeof member === 'object' && member !== null && within !== undefined
      ? within(name, member)
      : member;
  }

  return new Proxy(part, {
    get(_, key) {
      if (Object.hasOwn(instead, key)) return Reflect.get(instead, key);
      // The part is who is asked, since private fields are not to be had through a proxy.
      const member = Reflect.get(part, key, part) as unknown;
      const before = known.get(key);
      if (before !== undefined && before.member === member) return before.passed;
      const passed = passing(member, String(key));
      known.set(key, { member, passed });
      return passed;
    },
  });
}
