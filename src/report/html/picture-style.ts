/** Of pictures: names to the left, words to the right, and on a phone both above what is drawn. */
export const pictureStyle = `.picture { margin: 1rem 0 0; max-width: 72rem }
.picture .entry { display: grid; grid-template-columns: minmax(5rem, 11rem) 1fr minmax(5rem, 16rem); gap: 0 1rem; align-items: center; padding: .2rem 0; font-size: .9375rem; font-variant-numeric: tabular-nums }
.picture .entry span { overflow-wrap: anywhere }
.picture .entry > span:last-child, .under { color: var(--muted); font-size: .875rem }
.under { margin: .25rem 0 .75rem }
.drawn { display: block; width: 100%; min-width: 0 }
.ink { background: var(--accent) }
.ink.good { background: var(--sent) }
.ink.muted { background: var(--muted) }
.ink.mild, .ink.warning { background: var(--on-warning) }
.ink.grave { background: var(--on-grave) }
.ink.bad { background: var(--on-bad) }
.bars .ink { display: block; height: 1.1rem; min-width: 1px; border-radius: 2px }
.lines svg { height: 2.5rem }
.lines svg.high { height: clamp(9rem, 24vw, 15rem) }
.lines path { fill: none; vector-effect: non-scaling-stroke }
.plotted { stroke: var(--accent); stroke-width: 2px; stroke-linejoin: round }
.limit { stroke: var(--muted); stroke-width: 1px; stroke-dasharray: 5 4 }
.limit.good { stroke: var(--sent) }
.limit.warning { stroke: var(--on-warning) }
.limit.bad { stroke: var(--on-bad) }
.dot { stroke: var(--accent); stroke-width: 8px; stroke-linecap: round }
.dot.bad { stroke: var(--on-bad) }
.dot.warning, .dot.mild { stroke: var(--on-warning) }
.dot.good { stroke: var(--sent) }
.track { position: relative; height: 1.4rem; border-radius: 2px; background: var(--raised) }
.track i { position: absolute; top: .3rem; height: .8rem; min-width: 4px; border-radius: 2px }
.track b { position: absolute; top: .4rem; width: .6rem; height: .6rem; margin-left: -.3rem; border-radius: 50%; outline: 2px solid var(--page) }
@media (max-width: 40rem) {
  .picture .entry { grid-template-columns: minmax(40%, 1fr) auto; padding: .35rem 0 }
  .picture .entry .drawn { grid-row: 2; grid-column: 1 / -1 }
  .picture .entry > span:last-child { text-align: right }
}
@media print { .picture details { display: none } .ink { print-color-adjust: exact; -webkit-print-color-adjust: exact } }
`;
