// What is spelled out, written: digits in words, letters as on the radio, "at" and "dot".
import type { Folded } from './fold.ts';

export class Spelled {
  readonly #any: RegExp;
  readonly #written: ReadonlyMap<string, string>;

  constructor({ any, written }: { any: string; written: Readonly<Record<string, string>> }) {
    this.#any = new RegExp(any, 'g');
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
