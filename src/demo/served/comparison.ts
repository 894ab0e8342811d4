import { framedResponse, type Guest, liveControls, type Page } from '../../http/index.ts';
import { type Clock, messageOf } from '../../kernel/index.ts';
import { type Html, html, moment, nothing } from '../../report/index.ts';

const place = { path: '/compare', name: 'Comparison' } as const;

export interface ComparisonOptions {
  readonly clock: Clock;
  /** Gives the comparison as a page that needs nothing beside it. Aborted: nobody waits for it any more. */
  measure(signal: AbortSignal): Promise<string>;
}

type State =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'measuring' | 'measured'; readonly atMs: number }
  | { readonly kind: 'failed'; readonly why: string };

/** The comparison, measured where it is looked at, when somebody asks for it. */
export function comparisonGuest({ clock, measure }: ComparisonOptions): Guest {
  const stop = new AbortController();
  let state: State = { kind: 'nothing' };
  let measuring: Promise<void> = Promise.resolve();
  let latest: string | undefined;

  async function begin(): Promise<void> {
    state = { kind: 'measuring', atMs: clock.now() };
    try {
      latest = await measure(stop.signal);
      state = { kind: 'measured', atMs: clock.now() };
    } catch (thrown) {
      state = { kind: 'failed', why: messageOf(thrown) };
    }
  }
  return {
    place,
    addRoutes(app, { show }) {
      app.get(place.path, () => show(pageOf(state, latest !== undefined)));
      app.post(place.path, ({ redirect }) => {
        // Two at once would take the cores from each other.
        if (state.kind !== 'measuring') measuring = begin();
        return redirect(place.path, 303);
      });
      app.get('/compare/measured', ({ notFound }) =>
        latest === undefined ? notFound() : framedResponse(latest),
      );
    },
    async close() {
      stop.abort();
      await measuring;
    },
  };
}

const pageOf = (state: State, isThere: boolean): Page => ({
  title: 'Comparison',
  lead: 'What the four architectures cost, and what each loses when things break.',
  at: place.path,
  content: html`${state.kind === 'measuring' ? liveControls() : nothing}<section id="comparison" data-live aria-label="Comparison">
${said(state)}
${
  isThere
    ? html`<p><a href="/compare/measured">The comparison alone, as one page</a></p>
<div class="whole"><iframe sandbox="" title="The comparison" src="/compare/measured"></iframe></div>`
    : html`<p>As it was measured last, with times, it stands in <code>docs/COMPARISON.md</code>. At a terminal:</p>
<pre tabindex="0" aria-label="Commands"><code>npm run compare
npm run compare -- --html comparison.html</code></pre>`
}
</section>
<p>To see one architecture from here, serve it:</p>
<pre tabindex="0" aria-label="Serve another architecture"><code>npm run serve -- --architecture command-driven</code></pre>`,
});

function said(state: State): Html {
  switch (state.kind) {
    case 'nothing':
      return html`<p>Every architecture is run through the same scenarios and faults, in processes of their own: a quarter of a minute on two idle cores.</p>
${button('Measure it here')}`;
    case 'measuring':
      return html`<p role="status">It is being measured, since ${moment(state.atMs)}. This takes a quarter of a minute on two idle cores; the page shows it when it is there, without JavaScript once it is asked for again.</p>`;
    case 'measured':
      return html`<p role="status">Measured here, at ${moment(state.atMs)}.</p>
${button('Measure it again')}`;
    case 'failed':
      return html`<p class="problem" role="alert"><b>It could not be measured.</b> ${state.why}</p>
${button('Try again')}`;
  }
}

const button = (words: string): Html =>
  html`<form method="post" action="/compare"><button type="submit">${words}</button></form>`;
