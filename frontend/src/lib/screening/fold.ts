// How letters are read: as small ASCII ones, each with where it came from. What fold.rs of the server's crate says of every
// letter stands in the lexicon, so that the browser's own Unicode, of whichever version, has no say.

/** A stretch of a text in UTF-16 units. */
export interface Range {
  start: number;
  end: number;
}

/** What stands for a letter that is read as nothing we know. */
const UNKNOWN = '*';
const BETWEEN = '\t';

/** How letters are read, by their numbers. */
export type Letters = ReadonlyMap<number, string>;

/** From runs of letters that follow one another, by the number of the first. */
export function lettersOf(runs: Readonly<Record<string, string>>): Letters {
  const letters = new Map<number, string>();
  for (const [first, run] of Object.entries(runs)) {
    const from = parseInt(first, 16);
    run.split(BETWEEN).forEach((read, at) => letters.set(from + at, read));
  }
  return letters;
}

/** A text as the rules read it. */
export class Folded {
  text = '';
  /** For each letter, where it came from. */
  readonly #from: Range[] = [];

  /** Where some of it came from. */
  origin(start: number, end: number): Range {
    const first = this.#from[start];
    const last = this.#from[end - 1];
    return first && last && start < end ? { start: first.start, end: last.end } : { start: 0, end: 0 };
  }

  /** Puts letters at the end. */
  push(letters: string, from: Range): void {
    this.text += letters;
    for (let count = letters.length; count > 0; count -= 1) this.#from.push(from);
  }

  /** The same with other letters in the place of some. */
  replaced(places: Iterable<Range & { letters: string }>): Folded {
    const made = new Folded();
    let done = 0;
    for (const { start, end, letters } of places) {
      made.#append(this, done, start);
      made.push(letters, this.origin(start, end));
      done = end;
    }
    made.#append(this, done, this.text.length);
    return made;
  }

  #append(other: Folded, start: number, end: number): void {
    this.text += other.text.slice(start, end);
    for (const from of other.#from.slice(start, end)) this.#from.push(from);
  }
}

/** Reads a text. Half of a pair of UTF-16 units is unknown: the server is sent something as unknown in its place. */
export function fold(letters: Letters, text: string): Folded {
  const folded = new Folded();
  let at = 0;
  for (const letter of text) {
    const from = { start: at, end: at + letter.length };
    at = from.end;
    folded.push(letters.get(letter.codePointAt(0) ?? 0) ?? UNKNOWN, from);
  }
  return folded;
}
