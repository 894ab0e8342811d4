import { post } from './posting.js';

/** So often it is asked what became of a delivery that was sent on its way again. */
const asks = 20;
const askEveryMs = 500;

/** Asks the API for what stands on the buttons marked `data-do`, and says what came of it. */
export function mendOnClick(refresh) {
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-do]');
    if (button === null) return;
    const outcome = document.querySelector('[data-outcome]');
    const say = (words, tone = 'plain') => {
      outcome.className = `came ${tone}`;
      outcome.textContent = words;
    };
    const { do: path, id, address } = button.dataset;
    button.disabled = true;
    outcome.focus();
    say(`${id}: on its way …`);
    const { ok, words, body } = await post(path, address === undefined ? undefined : { address });
    if (!ok) say(`${id}: ${words}`, 'bad');
    else if (body.status === 'redriven') say(...(await becameOf(button.dataset)));
    else say(`${id}: ${body.status ?? body.change ?? 'well again'}.`, 'good');
    button.disabled = false;
    await refresh();
  });
}

/** Of a message nobody knows before it comes back. */
async function becameOf({ id, notification, channel }) {
  if (notification === '') return [`${id}: sent on its way again. It comes back here if it fails again.`];
  for (let asked = 0; asked < asks; asked++) {
    const response = await fetch(`/v1/notifications/${encodeURIComponent(notification)}`);
    const { deliveries = [] } = await response.json();
    const delivery = deliveries.find((each) => each.channel === channel);
    if (delivery?.status === 'sent') return [`${id}: sent, receipt ${delivery.receipt}.`, 'good'];
    if (delivery?.status === 'skipped') return [`${id}: skipped, ${delivery.reason}.`];
    if (delivery?.status === 'dead_lettered') return [`${id}: given up again, ${delivery.reason}.`, 'bad'];
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
  return [`${id}: not sent yet; it is being tried.`];
}
