import type { Emitter } from 'mitt';
import type { Message } from '../events/index.ts';
import type { Mailbox } from './mailbox.ts';

/** Puts every message of these types into a mailbox, until the returned function is called. */
export function connect(
  emitter: Emitter<Record<string, Message>>,
  types: readonly string[] | '*',
  mailbox: Mailbox,
): () => void {
  if (types === '*') {
    const putAny = (_type: string, message: Message): void => mailbox.put(message);
    emitter.on('*', putAny);
    return () => emitter.off('*', putAny);
  }
  const put = (message: Message): void => mailbox.put(message);
  for (const type of types) emitter.on(type, put);
  return () => {
    for (const type of types) emitter.off(type, put);
  };
}
