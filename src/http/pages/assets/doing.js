import { post } from './posting.js';

/** Sends what stands in the forms marked `data-act` as JSON, and says in each what came of it. */
export function sendForms(refresh) {
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('[data-act]')) return;
    event.preventDefault();
    const came = form.querySelector('[data-came]');
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    came.textContent = '';
    const { path, body } = requestOf(form);
    const { ok, words } = await post(path, body);
    came.className = ok ? 'good' : 'bad';
    came.textContent = words;
    button.disabled = false;
    // It has the keyboard's place: a button that is disabled loses it.
    button.focus({ preventScroll: true });
    await refresh();
  });
}

/** `price.amount` is a field of a field. */
function requestOf(form) {
  let path = form.dataset.act;
  const body = {};
  for (const field of form.elements) {
    const { name, value, dataset } = field;
    if (name === '') continue;
    if (dataset.path !== undefined) {
      path = path.replace(`{${name}}`, () => encodeURIComponent(value.trim()));
      continue;
    }
    const [last, ...outer] = name.split('.').reverse();
    let place = body;
    for (const each of outer.reverse()) place = place[each] ??= {};
    place[last] = given(field);
  }
  return { path, body };
}

function given({ value, dataset }) {
  if (dataset.unique !== undefined)
    return `${dataset.unique}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  return dataset.number === undefined ? value : Number(value);
}
