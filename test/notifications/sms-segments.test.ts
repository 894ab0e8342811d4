import { describe, expect, it } from 'vitest';
import { smsSegments } from '../../src/notifications/index.ts';

describe('a text in the GSM alphabet', () => {
  it.each([
    [0, 1],
    [160, 1],
    [161, 2],
    [306, 2],
    [307, 3],
  ])('of %i letters takes %i segments', (letters, segments) => {
    expect(smsSegments('a'.repeat(letters))).toEqual({ encoding: 'GSM-7', segments, units: letters });
  });

  it('may hold umlauts, Greek capitals and line breaks', () => {
    expect(smsSegments('Grüße\näöüß ÄÖÜ ΔΩ £ @').encoding).toBe('GSM-7');
  });

  it('counts a euro sign, brackets and braces twice', () => {
    expect(smsSegments('€[]{}~^|\\')).toEqual({ encoding: 'GSM-7', segments: 1, units: 18 });
    expect(smsSegments(`${'a'.repeat(158)}€`).segments).toBe(1);
    expect(smsSegments(`${'a'.repeat(159)}€`)).toEqual({ encoding: 'GSM-7', segments: 2, units: 161 });
  });

  it('never parts an escaped character, so a segment may stay a septet short', () => {
    // given 306 septets, which are two full segments, but with a euro sign across their border
    const text = `${'a'.repeat(152)}€${'a'.repeat(152)}`;
    expect(smsSegments(text)).toEqual({ encoding: 'GSM-7', segments: 3, units: 306 });
  });
});

describe('a text with any other character', () => {
  it.each([
    [70, 1],
    [71, 2],
    [134, 2],
    [135, 3],
  ])('and %i units takes %i segments', (units, segments) => {
    expect(smsSegments('ж'.repeat(units))).toEqual({ encoding: 'UCS-2', segments, units });
  });

  it.each(['ç', '’', '–', '\u00a0', '`', 'ê', '日', '😀', '\ud800'])(
    'such as %j loses the GSM alphabet',
    (character) => {
      expect(smsSegments(`abc${character}`).encoding).toBe('UCS-2');
    },
  );

  it('never parts a surrogate pair', () => {
    const text = `${'ж'.repeat(66)}😀${'ж'.repeat(66)}`;
    expect(smsSegments(text)).toEqual({ encoding: 'UCS-2', segments: 3, units: 134 });
  });
});
