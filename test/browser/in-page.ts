/**
 * What the tests ask in the page. Each function is sent there as text, and so has to stand alone: nothing
 * outside of it can be used, not even its neighbours.
 */

export interface Contrast {
  readonly text: string;
  readonly ratio: number;
}

/** The contrast of every text that is shown with what is behind it, as WCAG 2 reckons it. */
export function contrasts(): Contrast[] {
  type Color = readonly [red: number, green: number, blue: number, alpha: number];
  const parse = (color: string): Color => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = color.match(/[\d.]+/g)?.map(Number) ?? [];
    if (!/^rgba?\(/.test(color)) throw new Error(`not a colour this test can read: ${color}`);
    return [red, green, blue, alpha];
  };
  const luminance = ([red, green, blue]: Color): number => {
    const [r = 0, g = 0, b = 0] = [red, green, blue]
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  /** The nearest colour that is behind the element. */
  const behind = (element: Element | null): Color => {
    if (element === null) return [255, 255, 255, 1];
    const box = element.tagName === 'g' ? element.querySelector('rect') : null;
    if (box !== null) return parse(getComputedStyle(box).fill);
    const color = parse(getComputedStyle(element).backgroundColor);
    if (color[3] === 1) return color;
    if (color[3] > 0) throw new Error(`a translucent background behind ${element.textContent}`);
    return behind(element.parentElement);
  };
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('.hidden, caption, title, desc') === null;

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: Contrast[] = [];
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '' || !isShown(element)) continue;
    const style = getComputedStyle(element);
    const isDrawn = element.namespaceURI === 'http://www.w3.org/2000/svg';
    const [a, b] = [luminance(parse(isDrawn ? style.fill : style.color)), luminance(behind(element))];
    found.push({ text, ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
  }
  return found;
}

/** What sticks out to the right of the page, though no container lets it scroll. */
export function stickingOut(): string[] {
  const edge = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.parentElement?.closest('.scroll, svg, .hidden') == null)
    .filter((element) => element.getBoundingClientRect().right > edge + 0.5)
    .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`);
}

/** Captions and names of the drawings that are shown, where their letters leave the drawing. */
export function clippedCaptions(): string[] {
  const drawings = [...document.querySelectorAll<SVGSVGElement>('svg[role=img]')];
  return drawings
    .filter((drawing) => drawing.checkVisibility())
    .flatMap((drawing) =>
      [...drawing.querySelectorAll('text')]
        .filter((text) => {
          // As it is seen: one of them is turned.
          const [seen, frame] = [text.getBoundingClientRect(), drawing.getBoundingClientRect()];
          const isBeside = seen.left < frame.left || seen.right > frame.right;
          return isBeside || seen.top < frame.top || seen.bottom > frame.bottom;
        })
        .map((text) => text.textContent ?? ''),
    );
}

/** The levels of the headings that are shown, in the order of the page. */
export function headingLevels(): number[] {
  return [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter((heading) => heading.checkVisibility())
    .map((heading) => Number(heading.tagName.slice(1)));
}

/** How wide the page is, beyond what can be seen of it. */
export const overflowPx = (): number =>
  document.documentElement.scrollWidth - document.documentElement.clientWidth;

export const backgroundColor = (): string => getComputedStyle(document.body).backgroundColor;
