import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PathStep } from '../../../src/report/diagram.ts';
import { layOut } from '../../../src/report/html/sequence-layout.ts';

const participants = ['caller', 'ordering', 'datastore', 'bus', 'notification-service', 'sms'] as const;

const anyStep: fc.Arbitrary<PathStep> = fc.record({
  kind: fc.constantFrom('call', 'message', 'read', 'write', 'send'),
  from: fc.constantFrom(...participants),
  to: fc.constantFrom(...participants),
  name: fc.string({ minLength: 1, maxLength: 40 }),
  times: fc.integer({ min: 1, max: 1000 }),
});

const anyPath = fc.array(anyStep, { minLength: 1, maxLength: 12 });

/** What a letter takes at least, in the monospaced fonts that there are. */
const narrowestLetter = 7.2;

test('the heads stand beside each other, in the order in which they first act', () => {
  fc.assert(
    fc.property(anyPath, (steps) => {
      const { heads, width } = layOut(steps);
      const edges = heads.flatMap((head) => [head.x - head.width / 2, head.x + head.width / 2]);
      expect(edges).toEqual(edges.toSorted((a, b) => a - b));
      expect(edges[0]).toBeGreaterThanOrEqual(0);
      expect(edges.at(-1)).toBeLessThanOrEqual(width);
      expect(heads[0]?.name).toBe(steps[0]?.from);
    }),
  );
});

test('what stands on an arrow fits between its ends, and into the drawing', () => {
  fc.assert(
    fc.property(anyPath, (steps) => {
      const { arrows, width } = layOut(steps);
      for (const { caption, fromX, toX } of arrows) {
        const length = caption.length * narrowestLetter;
        const room = fromX === toX ? width - fromX : Math.abs(toX - fromX);
        expect(room).toBeGreaterThan(length);
      }
    }),
  );
});

test('time runs down: no arrow is above the one before it, and none is below the edge', () => {
  fc.assert(
    fc.property(anyPath, (steps) => {
      const { arrows, height, headHeight } = layOut(steps);
      const ys = [headHeight, ...arrows.map(({ y }) => y), height];
      expect(ys).toEqual([...new Set(ys)].toSorted((a, b) => a - b));
    }),
  );
});

test('a long name is broken after its hyphens', () => {
  const { heads } = layOut([
    { kind: 'call', from: 'notification-service', to: 'api-gate', name: 'notify', times: 1 },
  ]);

  expect(heads.map(({ lines }) => lines)).toEqual([['notification-', 'service'], ['api-gate']]);
});
