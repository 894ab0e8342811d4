import type { PathStep } from './diagram.ts';
import type { Picture } from './picture.ts';
import type { Tone } from './tone.ts';

/**
 * What is to be read, apart from where: plain data that can be kept, sent and compared, and that the printers of this
 * room lay out for a terminal, as Markdown and as HTML. Whoever answers a question builds one; no use case prints.
 */
export type Document = readonly Block[];

/** A piece of text with a tone of its own, as code, or leading to a file of the repository. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly isCode?: boolean;
  /** It names this file: its path from the root of the repository. */
  readonly file?: string;
  /** It leads to this section of the same document. */
  readonly section?: { readonly id: string; readonly heading: string };
  /** What a sign means, for those who do not see it. */
  readonly words?: string;
  /** How much of the most it is, from 0 to 1. */
  readonly share?: number;
}

export type Text = string | Span;

export type Block =
  | Heading
  | Paragraph
  | List
  | Table
  | Columns
  | Tree
  | Code
  | Chart
  | Picture
  | Diagrams
  | Panels
  | Fold;

/** Belongs to the block behind it. */
export interface Heading {
  readonly kind: 'heading';
  readonly text: string;
  /** Of a section, or of a part of one; left out, of a section. */
  readonly level?: 2 | 3;
  /** Left out: strong. */
  readonly tone?: Tone;
  /** Of a section: where its contents can lead to, unique in the document, and what they call it. */
  readonly id?: string;
  readonly name?: string;
}

/** Lines, each of which is broken where it does not fit. */
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly lines: readonly Line[];
}

export interface Line {
  /** In front of the first line: `✓`. */
  readonly sign?: Text;
  readonly text: string;
  readonly tone?: Tone;
  /** In characters. */
  readonly indent?: number;
  /** Of what does not fit into the first line, beyond the indent. */
  readonly hang?: number;
  /** To be copied: it is never broken. */
  readonly isCode?: boolean;
  /** One of several of a kind. */
  readonly isItem?: boolean;
}

/** `term: text`, an item each. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly term: string;
  /** The term is the name of something in the code. */
  readonly isCode?: boolean;
  /** One after the other, parted by commas. */
  readonly texts: readonly Text[];
}

/** A label in front of each row, and columns of one kind. */
export interface Table {
  readonly kind: 'table';
  /** What it is about, for those who do not see it. */
  readonly caption: string;
  /** Of the labels first. */
  readonly heading: readonly string[];
  /** Where a label has several rows: what tells them from each other, and what is said of a row without it. */
  readonly variants?: { readonly heading: string; readonly none: string };
  readonly rows: readonly Row[];
  /** Numbers stand to the right, all else to the left; the first text of a verdict is the worst. Left out, numbers. */
  readonly of?: 'numbers' | 'words' | 'verdicts';
  /** Headings may be broken, so that their columns are narrow. */
  readonly isDense?: boolean;
}

export interface Row {
  readonly label: string;
  /** What tells rows of the same label from each other; null where nothing does. */
  readonly variant?: string | null;
  /** One for each column; none for a row that only heads those below it. */
  readonly cells: readonly Cell[];
  /** Of the whole row. */
  readonly tone?: Tone;
}

/** What stands in a cell, a line each. */
export type Cell = string | readonly Text[];

/** Rows that end in text of any length, which is broken beside the columns in front of it. */
export interface Columns {
  readonly kind: 'columns';
  /** Of the columns; the text has none. */
  readonly heading?: readonly string[];
  readonly align: readonly ('left' | 'right')[];
  readonly rows: readonly ColumnsRow[];
  readonly indent?: number;
  /** What is said of the rows that were left out. */
  readonly omitted?: string;
}

export interface ColumnsRow {
  /** On a line of its own, in front of the cells. */
  readonly title?: readonly Text[];
  readonly cells: readonly string[];
  readonly text?: string;
  readonly tone?: Tone;
  /** Of the first cell alone. */
  readonly labelTone?: Tone;
}

/** Something with what follows from it. */
export interface Tree {
  readonly kind: 'tree';
  readonly root: TreeNode;
}

export interface TreeNode {
  /** Each begins on a line of its own. */
  readonly lines: readonly Line[];
  readonly children: readonly TreeNode[];
}

/** Text as it is, to be copied. */
export interface Code {
  readonly kind: 'code';
  readonly text: string;
}

/** Points by two measures, of a size that is a third one: drawn on a page, left out where there is a table of it. */
export interface Chart {
  readonly kind: 'chart';
  /** What it shows, for those who do not see it. */
  readonly caption: string;
  readonly across: Axis;
  readonly up: Axis;
  readonly points: readonly Point[];
}

export interface Axis {
  readonly name: string;
  /** What stands at a figure on it. */
  readonly unit: string;
}

export interface Point {
  readonly name: string;
  readonly across: Measured;
  readonly up: Measured;
  /** From 0 to 1: how much of the most the third measure is. */
  readonly size: number;
  /** What is said of it: `5 of 5 services`. */
  readonly words: string;
}

/** A figure, and where it may lie. */
export interface Measured {
  readonly at: number;
  readonly least: number;
  readonly most: number;
}

/** Paths of one thing through several, to be compared. */
export interface Diagrams {
  readonly kind: 'diagrams';
  /** What takes these paths: `order-shipped`. */
  readonly of: string;
  readonly diagrams: readonly Diagram[];
}

export interface Diagram {
  readonly name: string;
  readonly steps: readonly PathStep[];
  /** Why there are no steps. */
  readonly missing?: string;
}

/** Of which one reads one at a time. */
export interface Panels {
  readonly kind: 'panels';
  /** What they are: `Scenario`. */
  readonly legend: string;
  /** What their diagrams are of, one by one: `Architectures`. */
  readonly legendOfDiagrams: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly name: string;
  /** What is the matter with it. */
  readonly warning?: string;
  readonly blocks: readonly Block[];
}

/** What few want to see: folded away on a page, left out on a terminal. */
export interface Fold {
  readonly kind: 'fold';
  readonly title: string;
  readonly blocks: readonly Block[];
}
