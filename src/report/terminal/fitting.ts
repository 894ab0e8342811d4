import { shownWidth } from '../terminal.ts';

/** Spaces in front of a column. */
export const gap = 2;

/** Beyond that a picture says no more. In a pipe a line may be of any length. */
const widestPicture = 120;

export const pictureWidth = (width: number): number => Math.min(width, widestPicture);

/** Of any number of texts: there may be more than a call takes arguments. */
export const widestOf = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, shownWidth(text)), 0);

/** The columns in groups that are no wider than `width`, unless one column alone is. */
export function fitting(widths: readonly number[], width: number): number[][] {
  const groups: number[][] = [];
  let used = 0;
  for (const [column, columnWidth] of widths.entries()) {
    if (groups.length === 0 || used + gap + columnWidth > width) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(column);
    used += gap + columnWidth;
  }
  return groups;
}
