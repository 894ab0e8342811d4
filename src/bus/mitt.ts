import * as module from 'mitt';

/**
 * mitt. Its types say CommonJS while Node loads its ES module, so under `nodenext` the default export has
 * the wrong type; this file is the only one that knows.
 */
export const mitt = module.default as unknown as typeof module.default.default;
