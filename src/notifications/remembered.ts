/** Texts come from outside: a bound, in case somebody invents many. */
const most = 1000;

/** The same function, which makes something of each text once: a new format of Intl costs 50 times what using one does. */
export function remembered<Made>(make: (text: string) => Made): (text: string) => Made {
  const made = new Map<string, Made>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    if (made.size >= most) made.clear();
    const anew = make(text);
    made.set(text, anew);
    return anew;
  };
}
