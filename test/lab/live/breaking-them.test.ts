import { expect, test } from 'vitest';
import { aLab, all, each } from './a-lab.ts';

test('who calls after the commit loses what a kill catches in between; who has it in the log goes on', async () => {
  const lab = await aLab();
  await lab.act('order');
  expect(each(lab, 'delivered')).toEqual(all(2));

  await lab.act('kill-after-commit');
  expect(lab.state().isDown).toBe(true);
  await expect(lab.act('order')).rejects.toThrow('no process runs');
  await lab.act('restart');

  expect(each(lab, 'lost')).toEqual({ ...all(0), 'api-driven': 2 });
  expect(each(lab, 'delivered')).toEqual({ ...all(4), 'api-driven': 2 });
  expect(each(lab, 'life')).toEqual(all(2));
  expect(lab.state().said.why).toMatch(/^api-driven will never send 2 messages: it calls the notifier after/);
});

test('a yes that is lost with the process is asked for again, under the same key, by all of them', async () => {
  const lab = await aLab();
  await lab.act('order');
  await lab.act('kill-after-yes');
  await lab.act('restart');

  expect(each(lab, 'repeated')).toEqual(all(1));
  expect(each(lab, 'lost')).toEqual(all(0));
  expect(each(lab, 'delivered')).toEqual(all(4));
  expect(lab.state().said.why).toMatch(/^All four alike: a yes was lost/);
});

test('a slow provider keeps the callers of one architecture waiting, and time of nobody else', async () => {
  const lab = await aLab();
  await lab.act('email-slow');
  await lab.act('order');
  expect(each(lab, 'waiting')).toEqual(all(1));

  await lab.advance(30_000);

  expect(each(lab, 'longestWaitMs')).toEqual({ ...all(0), 'api-driven': 20_000 });
  expect(each(lab, 'delivered')).toEqual(all(2));
  expect(lab.state().said.why).toContain('Callers of api-driven wait for the provider, up to 20 s');
});

test('from a provider that goes down to dead letters that are sent after all', async () => {
  const lab = await aLab();
  await lab.act('sms-down');
  for (let count = 0; count < 5; count++) await lab.act('order');
  expect(each(lab, 'breakers')).toEqual(all({ sms: 'open' }));
  await lab.advance(10 * 60_000);
  const dead = each(lab, 'dead');
  expect(Math.min(...Object.values(dead))).toBeGreaterThan(0);

  await lab.act('mend');
  await lab.act('redrive');
  await lab.advance(10 * 60_000);

  expect(each(lab, 'dead')).toEqual(all(0));
  expect(each(lab, 'delivered')).toEqual(all(10));
  expect(each(lab, 'breakers')).toEqual(all({ sms: 'closed' }));
});

test('what breaks is broken in a process that is started later, too', async () => {
  const lab = await aLab();
  await lab.act('email-down');
  await lab.act('kill-after-commit');
  await lab.act('restart');

  expect(lab.state().broken).toEqual(['email-down']);
  expect(each(lab, 'delivered')).toEqual({ ...all(1), 'api-driven': 0 });
});

test('an event that comes twice, or that nobody can read, tells no customer anything; where none flow, it says so', async () => {
  const lab = await aLab();
  await expect(lab.act('repeat')).rejects.toThrow('no event has come yet');
  await lab.act('order');
  await lab.act('repeat');
  expect(lab.state().said.what).toContain('No events flow in api-driven');
  await lab.act('poison');
  await lab.advance(60_000);
  await lab.act('order');

  expect(each(lab, 'delivered')).toEqual(all(4));
  const words = Object.values(each(lab, 'hops')).map((hops) =>
    hops.some(({ text }) => text.startsWith('DeadLetterAdded')),
  );
  expect(words).toEqual([true, false, true, true]);
});

test('one customer’s mail is refused, and nobody else’s', async () => {
  const lab = await aLab();
  await lab.act('refuse-ben');
  for (let count = 0; count < 2; count++) await lab.act('order');

  expect(lab.state().broken).toEqual(['refuse-ben']);
  expect(each(lab, 'dead')).toEqual(all(1));
  expect(each(lab, 'delivered')).toEqual(all(3));
});
