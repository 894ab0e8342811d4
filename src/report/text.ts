import type { Text } from './document.ts';
import type { Tone } from './tone.ts';

export const textOf = (text: Text): string => (typeof text === 'string' ? text : text.text);

export const toneOf = (text: Text): Tone | undefined => (typeof text === 'string' ? undefined : text.tone);

/** It names a file, which is no part of what is said. */
export const isFile = (text: Text): boolean => typeof text !== 'string' && text.file !== undefined;
