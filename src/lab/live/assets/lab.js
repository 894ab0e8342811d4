// Each of these is taken anew from the page that the server makes: it alone writes what is shown, and escapes it.
const parts = ['clock', 'actions', 'said', 'columns', 'run'];
const refused = document.getElementById('refused');
let isAsking = false;
let isStale = false;

/** Asks for the page again; while an answer is awaited, once more is enough. */
async function refresh() {
  if (isAsking) {
    isStale = true;
    return;
  }
  isAsking = true;
  do {
    isStale = false;
    try {
      const response = await fetch('/lab', { headers: { accept: 'text/html' } });
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      for (const id of parts) replace(document.getElementById(id), fresh.getElementById(id));
    } catch {
      tell('The lab does not answer. Is it still running?');
    }
  } while (isStale);
  isAsking = false;
}

const shown = new Map();

/** Whoever is in it with the keyboard, or has scrolled a list, stays there; what is new is marked. */
function replace(part, fresh) {
  if (part === null || fresh === null || shown.get(part) === fresh.innerHTML) return;
  shown.set(part, fresh.innerHTML);
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const isSame = (other) =>
    focused.name
      ? other.name === focused.name && other.value === focused.value
      : other.ariaLabel !== null && other.ariaLabel === focused.ariaLabel;
  const lists = [...part.querySelectorAll('.hops')];
  const before = lists.map((list) => [list.scrollTop, Number(list.firstElementChild?.dataset.number ?? 0)]);
  part.replaceChildren(...fresh.childNodes);
  for (const [index, list] of part.querySelectorAll('.hops').entries()) {
    const [scrolled, latest] = before[index] ?? [0, 0];
    list.scrollTop = scrolled;
    for (const hop of list.children) if (Number(hop.dataset.number) > latest) hop.classList.add('fresh');
  }
  if (focused !== null)
    [...part.querySelectorAll('button, select, .hops')].find(isSame)?.focus({ preventScroll: true });
}

function tell(words) {
  refused.textContent = words;
  refused.hidden = words === '';
}

addEventListener('submit', async (event) => {
  const form = event.target;
  event.preventDefault();
  const data = Object.fromEntries(new FormData(form, event.submitter));
  tell('');
  // `form.action` would be the buttons of that name.
  const response = await fetch(form.getAttribute('action'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(data),
  }).catch(() => undefined);
  if (response === undefined) tell('The lab does not answer. Is it still running?');
  else if (!response.ok) {
    const { detail, help } = await response.json();
    tell(`${detail}. ${help}`);
  } else if (form.classList.contains('offer')) {
    history.replaceState(null, '', '/lab');
    form.remove();
  }
  refresh();
});

new EventSource('/v1/lab/changes').onmessage = refresh;
