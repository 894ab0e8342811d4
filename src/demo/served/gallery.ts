import { framedResponse, type Guest, type Page } from '../../http/index.ts';
import { seededRandom } from '../../kernel/index.ts';
import { type Flow, type FlowReport, playFlow } from '../../pipeline-runtime/index.ts';
import { html, plural, toFrame } from '../../report/index.ts';
import { openFlowWorld } from '../flow/world.ts';
import { allFlows, flowNames, flowOf } from '../flows.ts';
import { flowPage, picturesDocument, reportDocument, stagesDocument } from '../view/flow.ts';

const place = { path: '/flows', name: 'Gallery' } as const;

interface Played {
  readonly flow: Flow;
  readonly report: FlowReport;
}

/** The flows of the gallery with their pictures: each plays its sample when somebody looks at it first. */
export function galleryGuest(): Guest {
  const played = new Map<string, Promise<Played>>();
  let latest: Promise<unknown> = Promise.resolve();
  /** One after the other: a page shows all of them, and a login alone takes 128 MB. */
  function playedOnce(name: string): Promise<Played> {
    const known = played.get(name);
    if (known !== undefined) return known;
    const playing = latest.then(() => playSample(name));
    latest = playing.catch(() => played.delete(name));
    played.set(name, playing);
    return playing;
  }
  return {
    place,
    addRoutes(app, { show }) {
      app.get(place.path, async () => show(overview(await allFlows())));
      app.get('/flows/:name', async ({ req, notFound }) => {
        const name = req.param('name');
        if (!flowNames.includes(name)) return notFound();
        const { flow, report } = await playedOnce(name);
        return framedResponse(
          flowPage(flow, [
            ['Result', reportDocument(report)],
            ['Stages', stagesDocument(report)],
          ]),
        );
      });
      app.get('/flows/:name/pictures', async ({ req, notFound }) => {
        const name = req.param('name');
        if (!flowNames.includes(name)) return notFound();
        const { report } = await playedOnce(name);
        return framedResponse(toFrame(picturesDocument(report.pictures), `Pictures of the flow ${name}`));
      });
    },
    close: async () => {},
  };
}

async function playSample(name: string): Promise<Played> {
  const flow = await flowOf(name);
  const open = await flow.prepare({ kind: 'sample' }, seededRandom(1));
  const world = await openFlowWorld(flow, { bus: 'in-memory', seed: 1, isRecorded: false });
  try {
    return { flow, report: await playFlow(open(world)) };
  } finally {
    await world.close();
  }
}

const overview = (flows: readonly Flow[]): Page => ({
  title: 'Gallery',
  lead: `${plural(flows.length, 'flow')} on the runtime of pipelines, each with what its sample comes to: sagas, streams, timers.`,
  at: place.path,
  content: html`<div class="gallery">${flows.map(
    ({ name, does }) => html`<article>
<h2><a href="/flows/${name}">${name}</a></h2>
<p>${does}</p>
<iframe sandbox="" loading="lazy" title="Pictures of the flow ${name}" src="/flows/${name}/pictures"></iframe>
<pre tabindex="0" aria-label="Command for ${name}"><code>npm run flow ${name}</code></pre>
</article>
`,
  )}</div>`,
});
