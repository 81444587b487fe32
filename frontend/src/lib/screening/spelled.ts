// What is spelled out, written: digits in words, letters as on the radio, "at" and "dot".
import type { Folded } from './fold.ts';

export class Spelled {
  readonly #any: RegExp;
  readonly #written: ReadonlyMap<string, string>;

  constructor({ written }: { written: Readonly<Record<string, string>> }) {
    // The longest first, so that none stands in the way of one that it is the start of.
    const words = Object.keys(written).toSorted((one, other) => other.length - one.length);
    this.#any = new RegExp(`\\b(?:${words.map((word) => word.replaceAll(' ', '[ -]+')).join('|')})\\b`, 'g');
    this.#written = new Map(Object.entries(written));
  }

  /** The text with what is spelled out put in. */
  write(folded: Folded): Folded {
    const places = [...folded.text.matchAll(this.#any)].map(({ 0: found, index: start }) => {
      const word = found.split(/[ -]+/).filter(Boolean).join(' ');
      return { start, end: start + found.length, letters: this.#written.get(word) ?? '' };
    });
    return folded.replaced(places);
  }
}
