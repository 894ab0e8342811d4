import type { Colors } from '../terminal.ts';
import type { Tone } from '../tone.ts';

const asItIs = (text: string): string => text;

/** How a terminal shows a tone. */
export function paintOf(tone: Tone | undefined, colors: Colors): (text: string) => string {
  switch (tone) {
    case undefined:
      return asItIs;
    case 'strong':
      return colors.bold;
    case 'muted':
      return colors.dim;
    case 'good':
      return colors.green;
    case 'mild':
    case 'warning':
      return colors.yellow;
    case 'grave':
      return colors.magenta;
    case 'bad':
      return colors.red;
  }
}
