import { expect, it } from 'vitest';
import { comparisonGuest } from '../../../src/demo/served/comparison.ts';
import { measuredAside } from '../../../src/demo/served/measured-aside.ts';
import { VirtualClock } from '../../../src/kernel/index.ts';
import { attributesOf, textOf } from '../../http/pages/markup.ts';
import { openPages } from '../../http/pages/open-pages.ts';
import { noonMs } from '../../support/requests.ts';

/** What is measured ends when the test says so. */
async function openComparison() {
  const asked: { signal: AbortSignal; done(page: string): void; fail(error: Error): void }[] = [];
  const clock = new VirtualClock(noonMs);
  const guest = comparisonGuest({
    clock,
    measure: (signal) =>
      new Promise((resolve, reject) => asked.push({ signal, done: resolve, fail: reject })),
  });
  const { app, view } = await openPages({ served: (served) => ({ ...served, guests: [guest] }) });
  const press = () => app.request('/compare', { method: 'POST' });
  /** As a person reads it. */
  const said = async () => textOf((await view('/compare')).text).replaceAll(/\s+/g, ' ');
  return { asked, guest, view, press, said };
}

it('it is measured when somebody asks for it, and then shown in a frame', async () => {
  const { asked, view, press, said } = await openComparison();
  expect(await said()).toContain('Measure it here');
  expect((await view('/compare/measured')).status).toBe(404);

  const pressed = await press();

  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/compare']);
  expect(await said()).toContain('It is being measured, since 2026-03-02 12:00:00.');
  asked[0]?.done('<!doctype html><title>Measured</title>');
  await Promise.resolve();
  const { text } = await view('/compare');
  expect(textOf(text)).toContain('Measured here, at 2026-03-02 12:00:00.');
  expect(attributesOf(text, 'src')).toContain('/compare/measured');
  const measured = await view('/compare/measured');
  expect(measured.text).toBe('<!doctype html><title>Measured</title>');
  expect(measured.headers.get('content-security-policy')).toContain('sandbox');
});

it('it is measured once at a time, however often it is asked for', async () => {
  const { asked, press } = await openComparison();

  await Promise.all([press(), press(), press()]);

  expect(asked).toHaveLength(1);
});

it('when it fails it says why, shows what was measured before, and can be asked again', async () => {
  const { asked, view, press, said } = await openComparison();
  await press();
  asked[0]?.done('<!doctype html><title>First</title>');
  await Promise.resolve();
  await press();

  asked[1]?.fail(new Error('there are <no> sources here'));
  await Promise.resolve();

  expect(await said()).toContain('It could not be measured. there are <no> sources here');
  expect(await said()).toContain('Try again');
  expect((await view('/compare/measured')).text).toContain('First');
});

it('at a stop nobody waits for what is being measured', async () => {
  const { asked, guest, press } = await openComparison();
  await press();

  const closing = guest.close();

  expect(asked[0]?.signal.aborted).toBe(true);
  asked[0]?.fail(new Error('aborted'));
  await closing;
});

it('measured aside, and stopped before it is there: the process is ended, and nothing is left lying', async () => {
  const stop = new AbortController();
  const measuring = measuredAside(stop.signal);
  stop.abort();

  await expect(measuring).rejects.toThrow('the command has ended without a page');
});
