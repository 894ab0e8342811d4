const words: Readonly<Record<string, string>> = {
  'in-memory': 'in-memory bus',
  durable: 'durable bus',
  'after-commit': 'call after commit',
  transactional: 'call in transaction',
};

/** How what happens is handed over, as a table says it. */
export const handOverInWords = (handOver: string): string => words[handOver] ?? handOver;
