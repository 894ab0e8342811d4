export {
  captionOf,
  countKinds,
  countOf,
  foldSteps,
  kinds,
  labelOf,
  type PathStep,
  participantsOf,
} from './diagram.ts';
export { type Html, html } from './html/html.ts';
export { arrowKey, sequenceSvg, wordsOf } from './html/sequence-svg.ts';
export { styleSheet } from './html/style.ts';
export { cell, htmlTable, variant } from './html/table.ts';
export { sequenceDiagram } from './markdown/mermaid.ts';
export { code, escaped, tableOf } from './markdown/table.ts';
export { moment } from './moment.ts';
export { inGroups, inPercent, inWords, onAverage } from './numbers.ts';
export { ProgressBar, type ProgressScreen } from './progress-bar.ts';
export { drawTable, type Row } from './table.ts';
export { besideEachOther, columnsIn } from './terminal/columns.ts';
export { drawEntry } from './terminal/entry.ts';
export { type Cell, drawGrid } from './terminal/grid.ts';
export { drawHeading } from './terminal/heading.ts';
export { type Colors, cut, type Terminal, terminalOf, wrap } from './terminal.ts';
export { drawTree, type TreeLine, type TreeNode } from './tree.ts';
export { busName, listed, measured, plural, unique } from './words.ts';
