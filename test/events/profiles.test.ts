import { expect, test } from 'vitest';
import { z } from 'zod';
import { commandDrivenMessages } from '../../src/command-driven/index.ts';
import { pipelineMessages } from '../../src/pipeline/index.ts';

const personal = new Set(['email', 'phone', 'addresses', 'preferences', 'quietHours', 'timeZone', 'locale']);

test.each(Object.values({ ...commandDrivenMessages, ...pipelineMessages }))(
  '$type says who somebody is under profile, which may be null, and nowhere else',
  ({ versions }) => {
    for (const version of versions) {
      const { properties = {} } = z.toJSONSchema(version, { io: 'input', unrepresentable: 'any' });
      expect(Object.keys(properties).filter((name) => personal.has(name))).toEqual([]);
      const { profile } = properties;
      if (profile !== undefined) expect(profile).toMatchObject({ anyOf: [{}, { type: 'null' }] });
    }
  },
);
