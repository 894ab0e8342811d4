import { type Html, html } from '../../report/index.ts';
import type { EventAnswer } from './answers.ts';

/**
 * Forms that do things to the shop. The script sends each as the JSON of the API; without it there is nothing behind
 * them, since the API takes no forms. A field of `data-path` goes into the path, of `data-number` as a number, and
 * of `data-unique` is made up anew for each that is sent.
 */
export const actions = (
  events: readonly EventAnswer[],
): Html => html`<section id="do" aria-labelledby="do-heading">
<h2 id="do-heading">Do something</h2>
<noscript><p class="muted">These forms need JavaScript: the API takes JSON. With curl it is <code>POST /v1/orders/ord-1001/shipments</code> and its like.</p></noscript>
${suggestionsOf(events)}
<div class="acts" data-scripted hidden>
<form data-act="/v1/orders/{orderId}/shipments">
<h3>Ship an order</h3>
${orderField('ship')}
${send('Ship it')}
</form>
<form data-act="/v1/products/{productId}/price">
<h3>Set a price</h3>
<label for="price-product">Product</label>
<input id="price-product" name="productId" data-path required placeholder="helmet" list="known-products" autocomplete="off">
<label for="price-amount">New price, in the smallest unit (6900 is $69.00)</label>
<input id="price-amount" name="price.amount" data-number type="number" min="0" step="1" required>
<label for="price-currency">Currency</label>
<input id="price-currency" name="price.currency" value="USD" required pattern="[A-Z]{3}" maxlength="3" autocomplete="off">
${send('Set the price')}
</form>
<form data-act="/v1/orders/{orderId}/failed-payments">
<h3>Fail a payment</h3>
${orderField('fail')}
<label for="fail-reason">Reason</label>
<select id="fail-reason" name="reason">
${reasons.map((reason) => html`<option>${reason}</option>`)}
</select>
<input type="hidden" name="paymentId" data-unique="pay">
${send('Fail it')}
</form>
</div>
</section>
`;

/** Those that the templates have words for. */
const reasons = ['card_declined', 'insufficient_funds', 'card_expired'];

const orderField = (form: string): Html => html`<label for="${form}-order">Order</label>
<input id="${form}-order" name="orderId" data-path required placeholder="ord-1001" list="known-orders" autocomplete="off">`;

const send = (name: string): Html => html`<button type="submit">${name}</button>
<p role="status" data-came></p>`;

/** What the latest events were about. */
function suggestionsOf(events: readonly EventAnswer[]): Html {
  const about = (field: string) =>
    new Set(
      events.flatMap(({ data }) => (data as Readonly<Record<string, unknown>>)[field] ?? []).map(String),
    );
  const list = (id: string, field: string) =>
    html`<datalist id="${id}">${[...about(field)].map((each) => html`<option value="${each}"></option>`)}</datalist>\n`;
  return html`${list('known-orders', 'orderId')}${list('known-products', 'productId')}${list('known-customers', 'customerId')}`;
}
