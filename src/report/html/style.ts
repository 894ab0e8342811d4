import { pictureStyle } from './picture-style.ts';

/** The style sheet of the page: light and dark, narrow and wide, on paper. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --page: #fbfbf9; --raised: #f1f1ec; --line: #d9d9d2; --text: #1c1e21; --muted: #55595f;
  --accent: #4a3fb5; --sent: #1d6b38; --shade: #1c1e2138;
  --good: #e2f0e5; --on-good: #164a2b; --untold: #eeeeea; --on-untold: #55595f;
  --mild: #fdf2c8; --on-mild: #524000; --warning: #fbdfb9; --on-warning: #5c3300;
  --grave: #f3d3ea; --on-grave: #6b1452; --bad: #f7c4bd; --on-bad: #7a130c;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #15171a; --raised: #202328; --line: #3a3e45; --text: #e8e8e4; --muted: #a9adb4;
    --accent: #b3aaff; --sent: #7fd69a; --shade: #ffffff40;
    --good: #15301f; --on-good: #a6dfb8; --untold: #202328; --on-untold: #a9adb4;
    --mild: #3a320c; --on-mild: #f2dd8b; --warning: #4a2c08; --on-warning: #fbcf96;
    --grave: #47183a; --on-grave: #f7bfe4; --bad: #5f1a14; --on-bad: #ffc7c0;
  }
}
* { box-sizing: border-box }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100% }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
header, main, footer { max-width: 96rem; margin: 0 auto; padding: 0 clamp(1.25rem, 4vw, 4rem) }
main > section { padding-top: 3.5rem }
.framed { padding-block: 1rem }
.framed > h3:first-child { margin-top: 0 }
header { padding-top: clamp(2rem, 6vw, 4.5rem) }
h1 { margin: 0; font-size: clamp(1.9rem, 5.2vw, 3.2rem); line-height: 1.12; letter-spacing: -.02em; max-width: 22ch; text-wrap: balance }
h2 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em }
h3 { margin: 2rem 0 .25rem; font-size: 1.15rem }
h4 { margin: 0; font-size: 1rem }
p { margin: 0 0 1rem; max-width: 68ch }
.kicker { margin-bottom: .75rem; color: var(--accent); font-weight: 600 }
.lead { margin-top: 1.25rem; font-size: 1.15rem; color: var(--muted) }
p.muted, footer { color: var(--muted); font-size: .875rem }
footer { margin-top: 4rem; padding-block: 1.5rem 3rem }
a { color: var(--accent); text-underline-offset: .2em }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: .875em }
code { overflow-wrap: anywhere }
td code { white-space: nowrap }
pre { margin: 0; width: max-content; min-width: 100%; padding: 1rem 1.25rem; border-radius: .5rem; background: var(--raised) }
pre code { overflow-wrap: normal }
nav ul, .key { margin: 0; padding: 0; list-style: none }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding-block: .75rem; border-block: 1px solid var(--line) }
nav a { display: inline-block; padding-block: .25rem }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.scroll {
  overflow-x: auto; margin-bottom: 1rem; position: relative;
  /* A shadow at the edge behind which there is more; it is covered where there is not. */
  background:
    linear-gradient(to left, var(--page) 40%, transparent) right / 3rem 100% no-repeat local,
    linear-gradient(to left, var(--shade), transparent) right / 1rem 100% no-repeat scroll;
}
table { border-collapse: collapse; width: 100%; max-width: 72rem; font-size: .9375rem; line-height: 1.4; font-variant-numeric: tabular-nums }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
th, td { padding: .55rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }
thead th, thead td { border-bottom: 2px solid var(--line); vertical-align: bottom }
thead th { font-size: .875rem }
thead th:first-child { color: var(--muted); font-weight: 400 }
tbody th { font-weight: 500; min-width: 9rem }
tbody th, thead :first-child { position: sticky; left: 0; background: var(--page); padding-left: 0 }
.bus { display: block; white-space: nowrap; color: var(--muted); font-weight: 400; font-size: .875rem }
.numbers td, .numbers thead th { text-align: right }
.even thead th:not(:first-child) { width: 18% }
.bar { display: block; height: 3px; margin: .25rem 0 0 auto; border-radius: 2px; background: var(--accent); opacity: .7 }
.verdicts { border-collapse: separate; border-spacing: 3px }
.verdicts th, .verdicts td { border: 0 }
.verdicts td { min-width: 6.5rem; white-space: nowrap; border-radius: .375rem; padding: .5rem .65rem }
.verdicts small { font-size: .8125rem }
.verdicts b { font-weight: 650 }
td.good { background: var(--good); color: var(--on-good) }
td.muted { background: var(--untold); color: var(--on-untold) }
td.mild { background: var(--mild); color: var(--on-mild) }
td.warning { background: var(--warning); color: var(--on-warning) }
td.grave { background: var(--grave); color: var(--on-grave) }
td.bad { background: var(--bad); color: var(--on-bad) }
.terms div { display: grid; grid-template-columns: minmax(8rem, 15rem) 1fr; gap: 0 1rem; padding: .3rem 0 }
.terms dt { font-weight: 500 }
.terms dd { margin: 0; color: var(--muted) }
.pickers { display: grid; gap: 1rem; margin-bottom: 1rem }
.picker { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; padding: 0; border: 0; min-width: 0 }
.picker legend { padding: 0 0 .35rem; font-size: .875rem; color: var(--muted) }
.picker input { position: absolute; opacity: 0; width: 1px; height: 1px }
.picker label { padding: .3rem .8rem; border: 1px solid var(--line); border-radius: 2rem; font-size: .9375rem; cursor: pointer }
.picker label:hover { border-color: var(--accent) }
.picker input:checked + label { background: var(--text); border-color: var(--text); color: var(--page) }
.picker input[type=checkbox] + label::before { content: '☐ ' }
.picker input[type=checkbox]:checked + label::before { content: '☑ ' }
.picker input:focus-visible + label { outline: 2px solid var(--accent); outline-offset: 2px }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .875rem; color: var(--muted) }
.key li { white-space: nowrap }
p.good, p.bad { font-weight: 600 }
p.good { color: var(--on-good) }
p.bad { color: var(--on-bad) }
.paths { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 40rem), 1fr)) }
.path { margin: 0; min-width: 0; padding-top: 1rem; border-top: 1px solid var(--line) }
figcaption { margin-bottom: .75rem; color: var(--muted); font-size: .875rem }
.path figcaption { position: sticky; top: 0; z-index: 1; padding-block: .5rem; background: var(--page) }
figcaption h4 { color: var(--text) }
details { font-size: .9375rem }
summary { cursor: pointer; color: var(--accent) }
.sequence { display: block; height: auto; width: 100%; max-width: var(--natural); font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace }
.sequence text { fill: var(--text); text-anchor: middle; paint-order: stroke; stroke: var(--page); stroke-width: 5px; stroke-linejoin: round }
.sequence text.aside { text-anchor: start }
.who rect { fill: var(--raised); stroke: var(--line) }
.who text { font-weight: 600; stroke: none }
.life { stroke: var(--line); stroke-width: 1.5 }
.line, .head { fill: none; stroke: var(--text); stroke-width: 1.5 }
.call .head, .write .head, .send .head { fill: currentColor; fill: var(--text) }
.message .line { stroke: var(--accent); stroke-dasharray: 7 4 }
.message .head { stroke: var(--accent) }
.message text { fill: var(--accent) }
.read .line, .write .line, .read .head, .write .head { stroke: var(--muted); stroke-width: 1.2 }
.read .line { stroke-dasharray: 2 3 }
.write .head { fill: var(--muted) }
.read text, .write text { fill: var(--muted) }
.send .line { stroke: var(--sent); stroke-width: 2.5 }
.send .head { stroke: var(--sent); fill: var(--sent) }
.send text { fill: var(--sent) }
.chart { margin: 1rem 0 0; display: grid; gap: 1rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)) }
.chart svg { display: block; width: 100%; max-width: 52rem; height: auto }
.chart text { fill: var(--text); font-size: 12px; text-anchor: middle }
.chart text.up { text-anchor: end }
.axis { fill: none; stroke: var(--line); stroke-width: 1.5 }
.point path { stroke: var(--muted); stroke-width: 1.2 }
.point circle { fill: var(--accent); fill-opacity: .7 }
.sample { display: inline-block; width: 44px; vertical-align: middle; margin-right: .25rem }
.tree { margin: 0 0 1rem; padding-left: 1.25rem }
${pictureStyle}@media (max-width: 40rem) {
  .terms div { grid-template-columns: 1fr }
  table { font-size: .875rem }
  th, td { padding-inline: .45rem }
  tbody th { min-width: 7rem; max-width: 9rem; overflow-wrap: anywhere }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
@media print {
  body { font-size: 10pt }
  nav, .pickers, details { display: none }
  .scroll { overflow: visible; background: none }
  table { font-size: 8pt }
  th, td { padding: .2rem .3rem; overflow-wrap: anywhere }
  td code { white-space: normal }
  tbody th, .verdicts td { min-width: 0; white-space: normal }
  .sequence:not(.sample) { width: 100%; max-width: var(--natural); max-height: 22cm }
  figure, tr { break-inside: avoid }
  h2, h3, h4 { break-after: avoid }
  td { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`;
