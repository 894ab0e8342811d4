import { createRequire } from 'node:module';

// Its ES module is a wrapper around this one.
export const pg = createRequire(import.meta.url)('pg') as typeof import('pg');
