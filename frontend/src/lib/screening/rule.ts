// One rule: what it looks for, and what follows.
import type { Range } from './fold.ts';

/** How strict to be; the strictest, which stands last, decides. */
export const OUTCOMES = ['publish', 'review', 'form', 'refuse'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What was found, as the API has it, in the order in which findings of one place are told. */
export const CODES = [
  'PLATE_FOUND',
  'PHONE_FOUND',
  'EMAIL_FOUND',
  'COORDINATES_FOUND',
  'ADDRESS_FOUND',
  'PRESENCE_ALONE',
  'ORIGIN_NAMED',
  'USE_THE_FORM',
  'GATHERING',
  'NOT_POSTABLE'
] as const;
export type Code = (typeof CODES)[number];

/** A rule as the lexicon says it; docs/screening.md tells what each of its parts is. */
export interface Written {
  id: string;
  code?: Code;
  outcome: Outcome;
  view: 'plain' | 'spelled';
  pattern: string;
  then?: string;
  within?: number;
  but?: string;
  needs?: string;
  unless?: string;
  unless_before?: string;
  unless_after?: string;
  only: readonly string[];
  not: readonly string[];
}

/** How much of what stands before or after is looked at, in letters. */
const BESIDE = 80;
/** What nothing that has to follow stands behind. */
const SENTENCE_ENDS = /[.!?\n]/;

const expression = (pattern: string | undefined): RegExp | undefined =>
  pattern === undefined ? undefined : new RegExp(pattern);

export class Rule {
  readonly id: string;
  readonly code: Code | undefined;
  readonly outcome: Outcome;
  readonly view: Written['view'];
  readonly #pattern: RegExp;
  readonly #then: RegExp | undefined;
  readonly #within: number;
  readonly #but: RegExp | undefined;
  readonly #needs: RegExp | undefined;
  readonly #unless: RegExp | undefined;
  readonly #before: RegExp | undefined;
  readonly #after: RegExp | undefined;
  readonly #only: readonly string[];
  readonly #not: readonly string[];

  constructor(written: Written) {
    this.id = written.id;
    this.code = written.code;
    this.outcome = written.outcome;
    this.view = written.view;
    // Where a group stands costs time, and only some rules have one.
    this.#pattern = new RegExp(written.pattern, written.pattern.includes('(?<found>') ? 'dg' : 'g');
    this.#then = written.then === undefined ? undefined : new RegExp(written.then, 'g');
    this.#within = written.within ?? 0;
    this.#but = expression(written.but);
    this.#needs = expression(written.needs);
    this.#unless = expression(written.unless);
    this.#before = expression(written.unless_before);
    this.#after = expression(written.unless_after);
    this.#only = written.only;
    this.#not = written.not;
  }

  /** Whether it is for a text of that category; a text of none is read by those that are for all. */
  isFor(category: string | undefined): boolean {
    const among = (those: readonly string[]): boolean => category !== undefined && those.includes(category);
    return (this.#only.length === 0 || among(this.#only)) && !among(this.#not);
  }

  /** Where it finds something in a folded passage of a whole text, as letters of that passage. */
  *find(text: string, whole: string): Generator<Range> {
    let may: boolean | undefined;
    for (const match of text.matchAll(this.#pattern)) {
      may ??= this.#may(whole);
      if (!may) return;
      const [start, over] = match.indices?.groups?.found ?? [match.index, match.index + match[0].length];
      const end = this.#followed(text, over);
      if (end === undefined) continue;
      const found = text.slice(start, end);
      const isNothing =
        this.#but?.test(found) ||
        this.#before?.test(text.slice(Math.max(0, start - BESIDE), start)) ||
        this.#after?.test(text.slice(end, end + BESIDE));
      if (!isNothing) yield { start, end: start + found.trimEnd().length };
    }
  }

  /** Where ends what is found with what has to follow it; undefined where that does not follow in the same sentence. */
  #followed(text: string, end: number): number | undefined {
    if (!this.#then) return end;
    const reach = end + this.#within + BESIDE;
    const ends = text.slice(end, reach).search(SENTENCE_ENDS);
    this.#then.lastIndex = end;
    const follows = this.#then.exec(text.slice(0, ends < 0 ? reach : end + ends));
    return follows && follows.index <= end + this.#within ? follows.index + follows[0].length : undefined;
  }

  #may(whole: string): boolean {
    return (this.#needs?.test(whole) ?? true) && !this.#unless?.test(whole);
  }
}
