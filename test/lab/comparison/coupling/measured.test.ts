import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { measureCoupling } from '../../../../src/lab/comparison/measure/coupling.ts';
import { architectureNames } from '../../../../src/shop/world.ts';

const coupling = measureCoupling();

const of = async (name: string) => {
  const found = (await coupling).find(({ architecture }) => architecture === name);
  if (found === undefined) throw new Error(`nothing was measured of ${name}`);
  return found;
};
const serviceOf = async (name: string, service: string) =>
  (await of(name)).services.find((each) => each.service === service);

const belowServices = ['datastore', 'events', 'kernel'];
const serviceNames = ['accounts', 'billing', 'ordering', 'pricing', 'promotions'];
const eventDriven = architectureNames.filter((name) => name !== 'api-driven');

it('every architecture is measured, in the order of their list', async () => {
  expect((await coupling).map(({ architecture }) => architecture)).toEqual(architectureNames);
});

describe.each(eventDriven)('in %s', (name) => {
  it('no service reaches notifications, and pricing needs the products only', async () => {
    const { services } = await of(name);
    expect(services.map(({ service }) => service).sort()).toEqual(serviceNames);
    for (const { rooms } of services) expect(rooms).toEqual(belowServices);
    expect(await serviceOf(name, 'pricing')).toMatchObject({ tables: ['event log', 'products'] });
  });

  it('one file knows the rules', async () => {
    const { filesThatKnowTheRules } = await of(name);
    expect(filesThatKnowTheRules).toEqual([expect.stringMatching(`^src/${name}/`)]);
  });
});

describe('in api-driven', () => {
  it('every service reaches notifications and delivery', async () => {
    const { services } = await of('api-driven');
    expect(services.map(({ service }) => service).sort()).toEqual(serviceNames);
    for (const { rooms } of services) {
      expect(rooms).toEqual([...belowServices, 'delivery', 'notifications'].sort());
    }
  });

  it('pricing reads carts and customers', async () => {
    expect(await serviceOf('api-driven', 'pricing')).toMatchObject({
      tables: ['carts', 'customers', 'event log', 'products'],
    });
  });

  it('every service knows rules', async () => {
    expect((await of('api-driven')).filesThatKnowTheRules).toEqual(
      serviceNames.map((service) => `src/api-driven/${service}.ts`),
    );
  });
});

it.each(architectureNames)(
  '%s is small: api-driven, which has two modes, has less than 660 lines of code',
  async (name) => {
    const { files, linesOfCode } = await of(name);

    expect(linesOfCode).toBeLessThan(name === 'api-driven' ? 660 : 460);
    expect(linesOfCode).toBeGreaterThan(100);
    expect(files).toBeGreaterThan(2);
  },
);

it.each(architectureNames)('%s is put together in few places, from few rooms', async (name) => {
  const { fanIn, fanOut } = await of(name);

  expect(fanIn).toBeGreaterThan(0);
  expect(fanOut).toBeGreaterThan(4);
});

it('who listens costs the same files wherever there is a bus, and more where services call', async () => {
  const touched = async (name: string) => (await of(name)).filesTouched;
  const first = await touched('event-sourced');

  expect(eventDriven.length).toBeGreaterThan(1);
  for (const name of eventDriven) expect(await touched(name)).toEqual(first);
  expect((await touched('api-driven')).subscriber).toBeGreaterThan(first.subscriber);
});

it.each(architectureNames)('what %s admits to do otherwise is no code of its own', async (name) => {
  const files = await readdir(new URL(`../../../../src/${name}`, import.meta.url), { recursive: true });
  const code = files.filter((file) => file.endsWith('.ts'));

  expect(code).toContain('divergences.ts');
  expect((await of(name)).files).toBe(code.length - 1);
});
