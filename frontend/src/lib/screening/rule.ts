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

const expression = (pattern: string | undefined): RegExp | undefined =>
  pattern === undefined ? undefined : new RegExp(pattern);

export class Rule {
  readonly id: string;
  readonly code: Code | undefined;
  readonly outcome: Outcome;
  readonly view: Written['view'];
  readonly #pattern: RegExp;
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
      const [start, end] = match.indices?.groups?.found ?? [match.index, match.index + match[0].length];
      const found = text.slice(start, end);
      const isNothing =
        this.#but?.test(found) ||
        this.#before?.test(text.slice(Math.max(0, start - BESIDE), start)) ||
        this.#after?.test(text.slice(end, end + BESIDE));
      if (!isNothing) yield { start, end: start + found.trimEnd().length };
    }
  }

  #may(whole: string): boolean {
    return (this.#needs?.test(whole) ?? true) && !this.#unless?.test(whole);
  }
}
