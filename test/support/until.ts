/** Lets the event loop turn, as often as it takes, until `isSo`; no time passes by any clock. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns++) {
    if (turns > 100_000) throw new Error('it never came to that');
    await new Promise(setImmediate);
  }
}
