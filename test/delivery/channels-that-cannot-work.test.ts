import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { type Channel, captureSms, DeliveryService } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { createTemplates } from '../../src/notifications/index.ts';
import { architectureNames, createWorld } from '../../src/shop/index.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const startMs = Date.parse('2026-03-02T10:00:00Z');

const chat = (templates = 'sms'): Channel => ({ name: 'chat', templates, send: async () => ({ id: '1' }) });

const twice = {
  code: 'duplicate_channel',
  message: 'two channels are called "chat"',
  help: expect.stringMatching(/^Give one of them another name/),
};

const unwritten = {
  code: 'unknown_templates',
  message: 'the channel "chat" wants the templates "slack", and there are none',
  help: expect.stringMatching(
    /^Use (email|push|sms)(, (email|push|sms)){2}, or add a file slack\.en\.liquid/,
  ),
};

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

test.each(architectureNames)('a world on %s refuses two channels of one name at once', (architecture) => {
  const build = () => createWorld({ startMs, architecture, channels: [chat(), chat()] });

  expect(thrownBy(build)).toMatchObject(twice);
});

test.each(architectureNames)('a world on %s refuses templates that nobody has written', (architecture) => {
  expect(thrownBy(() => createWorld({ startMs, architecture, channels: [chat('slack')] }))).toMatchObject(
    unwritten,
  );
});

test('a channel may stand in place of one of the shop', async () => {
  const world = createWorld({ startMs, channels: [captureSms(), chat('push')] });

  expect([...world.providers.keys()]).toEqual(['email', 'sms', 'push', 'webhook', 'chat']);
  await world.close();
});

test.each([
  { channels: [chat(), chat()], refusal: twice },
  { channels: [chat('slack')], refusal: unwritten },
])('a delivery service refuses them as well', ({ channels, refusal }) => {
  const options = { clock: new VirtualClock(startMs), datastore: openDatastore(), channels };

  expect(thrownBy(() => new DeliveryService(options))).toMatchObject(refusal);
});

test('templates of an author are known as soon as there is a file', async () => {
  const file = temporaryFile('welcome/slack.en.liquid');
  mkdirSync(dirname(file));
  writeFileSync(file, '=== text ===\nHello\n');
  const templates = createTemplates({ directory: pathToFileURL(`${dirname(dirname(file))}/`) });

  expect(templates.families).toEqual(new Set(['slack']));
  const options = { clock: new VirtualClock(startMs), datastore: openDatastore(), templates };
  await new DeliveryService({ ...options, channels: [chat('slack')] }).stop();
});
