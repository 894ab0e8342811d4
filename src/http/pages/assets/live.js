/** How often a page asks anew, milliseconds; news makes it ask at once. */
const refreshEveryMs = 5000;
/** Events that come together are shown together. */
const gatherForMs = 300;

/**
 * Brings every part of the page that is marked `data-live` up to date: it asks for the page again and takes those parts
 * from it. So what is shown has one maker, the server, which escapes it.
 */
export function keepUpToDate() {
  const sections = [...document.querySelectorAll('[data-live]')];
  const shown = new Map(sections.map((section) => [section, section.innerHTML]));
  reveal(document);
  const controls = document.querySelector('[data-pause]')?.parentElement;
  const say = newsOf(controls);

  async function refresh() {
    try {
      const response = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!response.ok) throw new Error(`the server answers ${response.status}`);
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      for (const section of sections) replace(section, fresh.getElementById(section.id), shown);
      controls?.removeAttribute('data-stale');
    } catch (error) {
      if (controls?.hasAttribute('data-stale')) return;
      controls?.setAttribute('data-stale', '');
      say(`Not up to date: ${error.message}.`);
    }
  }

  if (controls) follow(controls, { refresh, say });
  return { refresh };
}

/** Shows what is of use with a script only. */
function reveal(part) {
  for (const element of part.querySelectorAll('[data-scripted]')) element.hidden = false;
}

/** Whoever is in it with the keyboard, or has scrolled it, stays where they were. */
function replace(section, fresh, shown) {
  if (fresh === null || shown.get(section) === fresh.innerHTML) return;
  shown.set(section, fresh.innerHTML);
  const focused = section.contains(document.activeElement)
    ? document.activeElement.getAttribute('aria-label')
    : null;
  const scrolled = [...section.querySelectorAll('.scroll')].map(({ scrollLeft }) => scrollLeft);
  section.replaceChildren(...fresh.childNodes);
  reveal(section);
  for (const [index, element] of section.querySelectorAll('.scroll').entries())
    element.scrollLeft = scrolled[index] ?? 0;
  if (focused === null) return;
  const same = [...section.querySelectorAll('[aria-label]')].find(
    (element) => element.getAttribute('aria-label') === focused,
  );
  same?.focus({ preventScroll: true });
}

const newsOf = (controls) => (words) => {
  const line = controls?.querySelector('[data-news]');
  if (line) line.textContent = words;
};

/** Asks anew every few seconds and when an event comes, while somebody looks and has not paused it. */
function follow(controls, { refresh, say }) {
  const button = controls.querySelector('[data-pause]');
  let cursor = controls.dataset.events;
  let isPaused = false;
  let stream;
  let timer;
  let gathered = [];
  let gathering = 0;

  const gather = ({ data, lastEventId }) => {
    cursor = lastEventId;
    gathered.push(JSON.parse(data));
    if (gathering) return;
    gathering = setTimeout(async () => {
      const latest = gathered.at(-1);
      const others = gathered.length === 1 ? '' : ` and ${gathered.length - 1} more`;
      gathered = [];
      gathering = 0;
      await refresh();
      say(`News: ${latest.type} ${latest.subject}${others}`);
    }, gatherForMs);
  };
  const stop = () => {
    stream?.close();
    clearInterval(timer);
    stream = undefined;
  };
  const start = () => {
    stop();
    if (isPaused || document.hidden) return;
    timer = setInterval(refresh, refreshEveryMs);
    if (cursor === undefined) return;
    stream = new EventSource(`/v1/events?cursor=${encodeURIComponent(cursor)}`);
    stream.onmessage = gather;
  };
  button.addEventListener('click', () => {
    isPaused = !isPaused;
    button.setAttribute('aria-pressed', String(isPaused));
    start();
    if (!isPaused) refresh();
  });
  document.addEventListener('visibilitychange', start);
  addEventListener('pagehide', stop);
  start();
}
