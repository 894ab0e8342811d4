import { expect, test } from 'vitest';
import { findMismatch, refresh } from '../../scripts/readme/output.ts';

const lines = (text: string) => text.split('|');
const mismatch = (expected: string, actual: string) => findMismatch(lines(expected), lines(actual));

test('an ellipsis stands for any number of lines, none included', () => {
  expect(mismatch('a|…|d', 'a|b|c|d')).toBeUndefined();
  expect(mismatch('a|…|b', 'a|b')).toBeUndefined();
  expect(mismatch('…|b|…|d', 'a|b|c|d')).toBeUndefined();
});

test('the lines around an ellipsis have to be there, in their order', () => {
  expect(mismatch('a|…|x', 'a|b|c')).toMatchObject({ index: 2 });
  expect(mismatch('…|c|…|b|…', 'a|b|c')).toEqual({
    index: 3,
    message: 'says "b", but the output does not contain these lines',
  });
  expect(mismatch('a|…|a', 'a')).toMatchObject({ index: 2 });
});

test('a line that is missing at the end is named', () => {
  expect(mismatch('a|b', 'a')).toEqual({ index: 1, message: 'says "b", but the output is nothing more' });
});

test('timings and rates match whatever their figures, even where they change the width of a column', () => {
  expect(mismatch('done in 0.12 s', 'done in 14 ms')).toBeUndefined();
  expect(mismatch('bus   rate|────────|a  9/s', 'bus  rate|─────|a 1,234 messages/s')).toMatchObject({
    index: 2,
  });
  expect(mismatch('bus   rate|────────|a  9/s', 'bus  rate|─────|a 1,234/s')).toBeUndefined();
});

test('other figures have to be right, and so has the layout where nothing is masked', () => {
  expect(mismatch('3 sent', '4 sent')).toMatchObject({ index: 0 });
  expect(mismatch('3 sms', '4 sms')).toMatchObject({ index: 0 });
  expect(mismatch('a  b', 'a b')).toMatchObject({ index: 0 });
});

test('refreshing keeps as many lines around one ellipsis, and gives up at two', () => {
  expect(refresh(lines('x|…|z'), lines('a|b|c|d'))).toEqual(lines('a|…|d'));
  expect(refresh(lines('x|…'), lines('a|b'))).toEqual(lines('a|…'));
  expect(refresh(lines('x|…|y|…'), lines('a|b'))).toBeUndefined();
});
