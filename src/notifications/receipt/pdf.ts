import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import { type Fonts, fontsFor } from './fonts.ts';
import type { Receipt } from './receipt.ts';

/** In points, of which 72 are an inch. The article has what the other columns leave. */
const margin = 56;
const footer = 24;
const columns = [60, undefined, 100, 100] as const;
const ink = '#23302a';
const line = '#b9c2bb';

/**
 * As a PDF on A4, over as many pages as it needs; undefined when no font of ours has all its letters. The same receipt
 * gives the same bytes: its date is when it was paid, and pdfkit derives the document's id from that and the title.
 * Synchronous, so that a run is the same however fast a disk is; pdfkit is loaded for the first one.
 */
export function pdfOf(receipt: Receipt): Uint8Array | undefined {
  const printed = printable(receipt);
  const fonts = fontsFor(allTextOf(printed));
  if (fonts === undefined) return undefined;
  const Document = createRequire(import.meta.url)('pdfkit') as typeof PDFDocument;
  const { title, shop, language, atMs } = printed;
  const document = new Document({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: shop[0] ?? '', CreationDate: new Date(atMs) },
    font: fonts.regular as string,
  });
  const page = new Page(document, fonts);
  page.head(printed);
  page.table(printed);
  page.end(printed);
  document.end();
  // All of it is there by now: nothing is compressed, or read, behind.
  return new Uint8Array(document.read());
}

/** Where the receipt is written, from the top to the bottom of one page after the other. */
class Page {
  readonly #document: PDFKit.PDFDocument;
  readonly #fonts: Fonts;
  readonly #width: number;
  #y = margin;

  constructor(document: PDFKit.PDFDocument, fonts: Fonts) {
    this.#document = document;
    this.#fonts = fonts;
    this.#width = document.page.width - 2 * margin;
  }

  head({ shop, title, facts }: Receipt): void {
    const [name = '', ...more] = shop;
    this.#put([name], { widths: [undefined], isBold: true, size: 16 });
    for (const each of more) this.#put([each], { widths: [undefined] });
    this.#y += 24;
    this.#put([title], { widths: [undefined], isBold: true, size: 14 });
    this.#y += 6;
    for (const fact of facts) this.#put(fact, { widths: [130, undefined] });
    this.#y += 18;
  }

  table({ heads, rows, total }: Receipt): void {
    const headed = (): void => {
      this.#put(heads, { widths: columns, isBold: true });
      this.#rule();
    };
    if (rows.length > 0) headed();
    for (const row of rows) this.#put(row, { widths: columns, onNewPage: headed });
    if (rows.length > 0) this.#rule();
    this.#put([total[0], total[1]], { widths: [undefined, 150], isBold: true, size: 11 });
  }

  end({ thanks, pageOf }: Receipt): void {
    this.#y += 18;
    this.#put([thanks], { widths: [undefined] });
    const { count } = this.#document.bufferedPageRange();
    for (let page = 0; count > 1 && page < count; page++) {
      this.#document.switchToPage(page);
      // Below the margin, where pdfkit would begin another page.
      this.#document.page.margins.bottom = 0;
      const at = this.#document.page.height - margin + footer / 2;
      this.#document.font(this.#fonts.regular as string).fontSize(8);
      this.#document.text(pageOf(page + 1, count), margin, at, { width: this.#width, align: 'right' });
    }
  }

  /** Cells beside one another, numbers and amounts to the right; on a new page where this one is full. */
  #put(cells: readonly string[], { widths, isBold = false, size = 10, onNewPage }: RowOptions): void {
    const document = this.#document;
    const pick = (): unknown =>
      document.font((isBold ? this.#fonts.bold : this.#fonts.regular) as string).fontSize(size);
    pick();
    document.fillColor(ink);
    const wide = this.#widths(widths);
    const height = Math.max(
      ...cells.map((cell, at) => document.heightOfString(cell, { width: wide[at] ?? 0 })),
    );
    if (this.#y + height > document.page.height - margin - footer) {
      document.addPage();
      this.#y = margin;
      onNewPage?.();
      pick();
    }
    let x = margin;
    for (const [at, cell] of cells.entries()) {
      const width = wide[at] ?? 0;
      const align = at > 0 && at >= cells.length - 2 && widths[at] !== undefined ? 'right' : 'left';
      document.text(cell, x, this.#y, { width, align });
      x += width + gap;
    }
    this.#y += height + 4;
  }

  #rule(): void {
    this.#document
      .moveTo(margin, this.#y)
      .lineTo(margin + this.#width, this.#y)
      .lineWidth(0.5)
      .strokeColor(line)
      .stroke();
    this.#y += 5;
  }

  #widths(widths: RowOptions['widths']): number[] {
    const fixed = widths.reduce<number>((sum, width) => sum + (width ?? 0), 0);
    const rest = this.#width - fixed - gap * (widths.length - 1);
    return widths.map((width) => width ?? rest);
  }
}

const gap = 8;

interface RowOptions {
  /** One is undefined: it has the rest. */
  widths: readonly (number | undefined)[];
  isBold?: boolean;
  size?: number;
  onNewPage?: () => void;
}

/** What it shows, in letters that a font can have: composed ones, no marks that only direct, one kind of no-break space. */
const printable = (receipt: Receipt): Receipt => ({
  ...receipt,
  facts: receipt.facts.map(([label, value]) => [label, letters(value)]),
  rows: receipt.rows.map((row) => row.map(letters)),
  total: [receipt.total[0], letters(receipt.total[1])],
});

const letters = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\u2007\u202f]/g, '\u00a0');

const allTextOf = ({ shop, title, facts, heads, rows, total, thanks }: Receipt): string =>
  [shop, title, facts, heads, rows, total, thanks].flat(2).join('');
