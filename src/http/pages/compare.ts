import { html } from '../../report/index.ts';
import type { Page } from './layout.ts';

/** Where the comparison is to be had: it is measured by running the architectures, which a server does not do. */
export const compare: Page = {
  title: 'Comparison',
  lead: 'What the four architectures cost, and what each loses when things break.',
  at: '/compare',
  content: html`<p>It is measured, by running every architecture through the same scenarios and faults. That takes
minutes and both cores, so it is not done here. In a checkout:</p>
<pre tabindex="0" aria-label="Commands"><code>npm run compare
npm run compare -- --html comparison.html</code></pre>
<p>The first prints it, the second writes it as a page that needs no network. As it was measured last it stands in
<code>docs/COMPARISON.md</code>. To see one architecture from here, serve it:</p>
<pre tabindex="0" aria-label="Serve another architecture"><code>npm run serve -- --architecture command-driven</code></pre>`,
};
