const heightPx = 200;
const dayS = 86_400;
/** Also told apart by their dashes, for who does not see the colours. */
const strokes = {
  Sent: { color: '--sent', dash: [] },
  Failed: { color: '--accent', dash: [8, 4] },
  'Dead letters': { color: '--on-bad', dash: [2, 3] },
  'Waiting at its end': { color: '--on-mild', dash: [] },
};

/**
 * Draws what stands in the table that `data-plot` names, and draws it anew when the table, the width or the colours change;
 * with the library that `data-plots` names.
 */
export async function drawPlots(plots) {
  const { default: UPlot } = await import(plots.dataset.plots);
  for (const place of plots.querySelectorAll('[data-plot]')) keepDrawn(place, UPlot);
}

function keepDrawn(place, UPlot) {
  const table = document.getElementById(place.dataset.plot);
  let plot;
  const draw = () => {
    const { data, names } = figuresIn(table, place.dataset.drawing);
    if (plot) plot.setData(data);
    else plot = new UPlot(optionsOf(place, names), data, place);
  };
  const drawAnew = () => {
    plot?.destroy();
    plot = undefined;
    draw();
  };
  new MutationObserver(draw).observe(table, { childList: true });
  new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height: heightPx })).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAnew);
  draw();
}

/** Seconds since the epoch, and for each column of the drawing its figures. */
function figuresIn(table, drawing) {
  const rows = [...table.querySelectorAll('tbody tr')];
  const columns = [...(rows[0]?.querySelectorAll('data') ?? [])].flatMap((cell, index) =>
    cell.dataset.drawing === drawing ? [index] : [],
  );
  const headings = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent);
  return {
    names: columns.map((index) => headings[index + 1]),
    data: [
      rows.map((row) => Date.parse(row.querySelector('time').dateTime) / 1000),
      ...columns.map((index) => rows.map((row) => Number(row.querySelectorAll('data')[index].value))),
    ],
  };
}

function optionsOf(place, names) {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color('--muted'),
    grid: { stroke: color('--line') },
    ticks: { stroke: color('--line') },
  };
  return {
    width: place.clientWidth,
    height: heightPx,
    padding: [8, 12, 0, 0],
    cursor: { drag: { setScale: false } },
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] } },
    axes: [
      { ...axis, space: 60, values: ({ data }, splits) => splits.map(isLong(data) ? dayOf : timeOf) },
      { ...axis, incrs: wholeSteps, size: 60 },
    ],
    series: [
      { label: 'Since', value: (_, at) => (at === null ? '–' : `${dayOf(at)} ${timeOf(at)}`) },
      ...names.map((label) => ({
        label,
        stroke: color(strokes[label].color),
        dash: strokes[label].dash,
        width: 2,
        points: { show: false },
        value: (_, count) => count ?? '–',
      })),
    ],
  };
}

/** Half a delivery there is not. */
const wholeSteps = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();

const isLong = ([times]) => times.at(-1) - times[0] > 1.5 * dayS;

/** UTC, as all times on the pages. */
const timeOf = (at) => new Date(at * 1000).toISOString().slice(11, 16);
const dayOf = (at) => new Date(at * 1000).toISOString().slice(5, 10);
