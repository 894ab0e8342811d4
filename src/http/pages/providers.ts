import { type Html, html, nothing } from '../../report/index.ts';
import type { ProviderAnswer, ProvidersAnswer } from './answers.ts';
import { inPath } from './links.ts';
import { sectionOf, stateOf, tableOf, timeOf } from './parts.ts';

/** What somebody can do to the providers, where they are there to be broken; where none is, nothing. */
export const providersSection = ({ providers }: ProvidersAnswer): Html =>
  providers.length === 0
    ? nothing
    : html`<section id="break" aria-labelledby="break-heading">
<h2 id="break-heading">Break a provider</h2>
<p class="muted">They are captured: nobody is written to. Break one, ship an order, and look at what failed, at the dead letters, and at who was told why.</p>
<p class="came" role="status" tabindex="-1" data-outcome></p>
<div class="acts" data-scripted hidden>
<form data-act="/v1/providers/{channel}/break">
<h3>Break one</h3>
<label for="break-channel">Channel</label>
<select id="break-channel" name="channel" data-path>
${providers.map(({ channel }) => html`<option>${channel}</option>`)}
</select>
<label for="break-kind">How</label>
<select id="break-kind" name="kind">
<option value="down">it is down</option>
<option value="slow">it takes 20 s for each answer</option>
<option value="busy">it is busy: every other message is to wait 30 s</option>
</select>
<button type="submit">Break it</button>
<p role="status" data-came></p>
</form>
<form data-act="/v1/providers/{channel}/break">
<h3>Have it refuse one customer</h3>
<input type="hidden" name="kind" value="refuses">
<label for="refuse-channel">Channel</label>
<select id="refuse-channel" name="channel" data-path>
${providers.map(({ channel }) => html`<option>${channel}</option>`)}
</select>
<label for="refuse-customer">Customer</label>
<input id="refuse-customer" name="customerId" required placeholder="ada" list="known-customers" autocomplete="off">
<button type="submit">Refuse them</button>
<p role="status" data-came></p>
</form>
</div>
</section>
${sectionOf({ id: 'providers', heading: 'Providers', isLive: true }, providersTable(providers))}`;

const providersTable = (providers: readonly ProviderAnswer[]): Html =>
  tableOf({
    caption: 'Providers',
    heading: ['Channel', 'How it is', 'Since', 'Do'],
    rows: providers.map(({ channel, fault }) => [
      channel,
      fault === null ? stateOf('well') : html`${stateOf(fault.kind)} ${fault.words}`,
      fault === null ? '–' : timeOf(fault.since),
      fault === null
        ? '–'
        : html`<span class="buttons" data-scripted hidden><button type="button" data-do="/v1/providers/${inPath(channel)}/mend" data-id="${channel}" aria-label="Mend ${channel}">Mend</button></span>`,
    ]),
    none: 'None can be broken.',
  });
