import { expect, it } from 'vitest';
import { flowNames } from '../../../src/demo/flows.ts';
import { galleryGuest } from '../../../src/demo/served/gallery.ts';
import { attributesOf, textOf } from '../../http/pages/markup.ts';
import { openPages } from '../../http/pages/open-pages.ts';

const openGallery = () => openPages({ served: (served) => ({ ...served, guests: [galleryGuest()] }) });

it('all flows are there, each with its pictures in a frame and the command that plays it', async () => {
  const { view } = await openGallery();

  const { text } = await view('/flows');

  expect(attributesOf(text, 'src').filter((src) => src.startsWith('/flows/'))).toEqual(
    flowNames.map((name) => `/flows/${name}/pictures`),
  );
  for (const name of flowNames) {
    expect(attributesOf(text, 'href')).toContain(`/flows/${name}`);
    expect(textOf(text)).toContain(`npm run flow ${name}`);
  }
});

it('a flow is shown as its sample ends, with what has to hold and what its stages did', async () => {
  const { view } = await openGallery();

  const { status, headers, text } = await view('/flows/trading');

  expect(status).toBe(200);
  expect(textOf(text)).toContain('✓');
  expect(textOf(text)).not.toContain('✗');
  expect(textOf(text)).toContain('What each stage did');
  // It has a style of its own, and can do nothing.
  expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'unsafe-inline'");
  expect(headers.get('content-security-policy')).toContain('sandbox');
});

it('its pictures stand alone in their frame, and the sample is played once for all who look', async () => {
  const { view } = await openGallery();

  const [pictures, again, whole] = await Promise.all([
    view('/flows/iot/pictures'),
    view('/flows/iot/pictures'),
    view('/flows/iot'),
  ]);

  expect(attributesOf(pictures.text, 'role')).toContain('img');
  expect(pictures.text).not.toContain('<h1');
  expect(again.text).toBe(pictures.text);
  const timed = /\d+(?:\.\d+)? ms/g;
  expect((await view('/flows/iot')).text.match(timed)).toEqual(whole.text.match(timed));
});

it.each(['/flows/nothing', '/flows/nothing/pictures', '/flows/constructor'])(
  'there is nothing at %s',
  async (path) => {
    const { view } = await openGallery();

    expect((await view(path)).status).toBe(404);
  },
);
