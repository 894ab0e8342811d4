export interface BatcherOptions<Input, Output> {
  /** Answers many inputs at once, in their order. A throw fails every one of them. */
  runMany(inputs: readonly Input[]): Promise<readonly Output[]>;
  /** A batch is run when it is this long, or on the next turn of the event loop. Default 256. */
  maxSize?: number;
  /**
   * Whether one batch runs at a time: what is asked meanwhile is answered together behind it. For what is asked where everything is
   * done one after the other anyway. Default false.
   */
  isSerial?: boolean;
}

interface Waiting<Input, Output> {
  readonly input: Input;
  resolve(output: Output): void;
  reject(reason: unknown): void;
}

/**
 * Turns a question about many into a function that asks about one: calls made in the same turn of the
 * event loop are answered together, so that a hundred handlers cost one query.
 */
export function createBatcher<Input, Output>({
  runMany,
  maxSize = 256,
  isSerial = false,
}: BatcherOptions<Input, Output>): (input: Input) => Promise<Output> {
  const waiting: Waiting<Input, Output>[] = [];
  let flushScheduled: NodeJS.Immediate | undefined;
  let isRunning = false;

  async function flush(): Promise<void> {
    clearImmediate(flushScheduled);
    flushScheduled = undefined;
    if (waiting.length === 0 || (isSerial && isRunning)) return;
    isRunning = true;
    await run(waiting.splice(0, maxSize));
    isRunning = false;
    if (isSerial) void flush();
  }

  async function run(batch: readonly Waiting<Input, Output>[]): Promise<void> {
    try {
      const outputs = await runMany(batch.map(({ input }) => input));
      for (const [index, { resolve }] of batch.entries()) resolve(outputs[index] as Output);
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    }
  }

  return (input) =>
    new Promise<Output>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (waiting.length >= maxSize) void flush();
      else flushScheduled ??= setImmediate(flush);
    });
}
