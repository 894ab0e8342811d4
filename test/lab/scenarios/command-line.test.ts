import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoScenarios } from '../../../src/lab/scenarios/index.ts';
import { runCli, runProcess } from '../../support/command-line.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('the demo at the command line', () => {
  it('plays the four main scenarios, without colours in a pipe', async () => {
    const { code, stdout, stderr } = await runProcess(['demo']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of ['order-shipped', 'payment-failed', 'price-drop', 'order-complete']) {
      expect(stdout).toContain(`\n${name}`.trim());
    }
    expect(stdout).toContain('✓ 4 of 4 scenarios as expected');
    expect(stdout).not.toContain('\u001b[');
  });

  it('says of a step that cannot be done on an architecture that it was not done, and why', async () => {
    const { code, stdout } = await runCli('demo', 'order-complete', '--architecture', 'api-driven');

    expect(code).toBe(0);
    expect(stdout).toContain(
      'reports the helmet a second time\n         ⊘ cannot be done here: nothing flows',
    );
    expect(stdout).toContain('✓ 1 of 1 scenario as expected, without 1 step that cannot be done here, in ');
    const { stdout: json } = await runCli('demo', 'order-complete', '--architecture', 'api-driven', '--json');
    expect(JSON.parse(json)[0].timeline.at(-1)).toMatchObject({
      kind: 'step',
      undone: expect.stringContaining('nothing flows'),
    });
  });

  it.each([
    [[], 'Why? npm run explain -- ord-1004    More'],
    [['sms-outage'], 'Why? npm run explain -- ord-230    More'],
  ])('says how to ask about what was played: %j', async (names, hint) => {
    expect((await runCli('demo', ...names)).stdout).toContain(hint);
  });

  it('names the datastore that was kept, to ask there', async () => {
    const file = join(folder, 'shop.db');

    const { stdout } = await runCli('demo', 'blocked-number', '--data', file);

    const asked = /npm run explain -- (\S+) --data (\S+)/.exec(stdout)?.slice(1) ?? [];
    expect(asked).toEqual(['ord-2201', file]);
    expect(await runCli('explain', 'ord-2201', '--data', file)).toMatchObject({ code: 0 });
  });

  it('lists every scenario, a line each', async () => {
    const { code, stdout } = await runCli('demo', '--list');

    expect(code).toBe(0);
    const [scenarios = ''] = stdout.split('\n\n');
    expect(scenarios.split('\n')).toHaveLength(demoScenarios.length);
    expect(stdout).toMatch(/^late-news {2,}A price drop that was published/m);
  });

  it('gives the same as data', async () => {
    const { stdout } = await runCli('demo', 'order-shipped', '--json');

    const [result] = JSON.parse(stdout);
    expect(result).toMatchObject({ scenario: 'order-shipped', ok: true, architecture: 'event-sourced' });
    expect(result.deliveries).toHaveLength(4);
    expect(result.timeline[1].event).toMatchObject({ specversion: '1.0', type: 'OrderStatusChanged' });
  });

  it('keeps the datastore in a file, and refuses one that is in use', async () => {
    const file = join(folder, 'shop.db');

    expect((await runCli('demo', 'order-shipped', '--quiet', '--data', file)).code).toBe(0);
    const second = await runCli('demo', '--data', file);

    expect(second).toMatchObject({ code: 2, stdout: '' });
    expect(second.stderr).toBe(`demo: "${file}" holds a shop already. Name a new one, or delete this one.\n`);
  });

  it.each([
    [['demo', 'order-shiped'], /^demo: there is no scenario "order-shiped"\. Known: order-shipped, .*\n$/],
    [['demo', '--frobnicate'], /^demo: unknown option '--frobnicate' \(npm run demo -- --help\)\n$/],
    [
      ['demo', '--seed', 'x'],
      /^demo: option '--seed <n>' argument 'x' is invalid\. Give a whole number\. .*--help\)\n$/,
    ],
    [['demo', '--architecture', 'x'], /^demo: option '--architecture <name>' argument 'x' is invalid\..*\n$/],
    [['demo', '--bus', 'x'], /^demo: option '--bus <name>' argument 'x' is invalid\..*\n$/],
    [
      ['demo', '--data', '/'],
      /^demo: cannot use "\/" as the datastore: it is a directory\. Name a file\.\n$/,
    ],
    [
      ['demo', 'late-news', '--architecture', 'api-driven'],
      /^demo: "late-news" needs a bus, and api-driven has none: a call is made when it happens.*\n$/,
    ],
    [['dmeo'], /^there is no command "dmeo"\. Known: demo, replay, explain, .*\.\n$/],
  ])('%j gets one clear line and exit code 2', async (args, line) => {
    const { code, stdout, stderr } = await runCli(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(line);
  });

  it('plays scenarios that are named in another order as if in that of the list', async () => {
    const { code, stdout } = await runCli('demo', 'price-drop', 'order-shipped', 'price-drop', '--quiet');

    expect(code).toBe(0);
    expect(stdout).toContain('✓ 2 of 2 scenarios as expected');
  });

  it('plays all that an architecture without a bus can play', async () => {
    const { code, stdout } = await runCli('demo', 'all', '--quiet', '--architecture', 'api-driven');

    expect(code).toBe(0);
    const playable = demoScenarios.filter(({ needsBus }) => needsBus === undefined).length;
    expect(playable).toBeLessThan(demoScenarios.length);
    expect(stdout).toContain(`✓ ${playable} of ${playable} scenarios as expected`);
  });

  it('leaves no file behind for a scenario that does not exist', async () => {
    const file = join(folder, 'shop.db');

    await runCli('demo', 'order-shiped', '--data', file);

    expect(existsSync(file)).toBe(false);
  });

  it('shows examples in its help', async () => {
    const { code, stdout } = await runCli('demo', '--help');

    expect(code).toBe(0);
    expect(stdout).toContain('npm run demo quiet-hours');
  });
});
