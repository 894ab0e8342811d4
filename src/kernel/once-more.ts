/**
 * Runs the work once at a time. Whoever asks while it runs is answered by one more run behind it, all together: it begins after
 * they asked, so that nothing that they know of is missed.
 */
export function onceMore(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let behind: Promise<void> | undefined;

  function run(): Promise<void> {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function runBehind(before: Promise<void>): Promise<void> {
    // Whoever asked for that one is told how it ended.
    await before.catch(() => {});
    behind = undefined;
    await run();
  }

  return () => {
    if (running === undefined && behind === undefined) return run();
    behind ??= runBehind(running ?? Promise.resolve());
    return behind;
  };
}
