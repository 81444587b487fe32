// What is found in a text.
import { fold, type Folded, type Range } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import { CODES, OUTCOMES, type Code, type Outcome } from './rule.ts';

/** A part of what somebody wrote. */
export interface Passage {
  /** Where it is written. */
  field: string;
  /** As it is written. */
  text: string;
}

/** What is read. */
export interface Asked {
  /** The category its author chose, by its name in the API. */
  category: string | undefined;
  /** All of it, in the order in which it is read. */
  passages: readonly Passage[];
}

/** Something that was found. */
export interface Finding {
  /** What; none: nothing that the author could change. */
  code: Code | undefined;
  /** How strict to be about it. */
  outcome: Outcome;
  /** By which rule. */
  rule: string;
  /** In which of the passages. */
  passage: number;
  field: string;
  /** Where in that. */
  range: Range;
}

/** What was found in a text. */
export interface Reading {
  /** The strictest of what follows. */
  outcome: Outcome;
  /** In the order of the text; of those of one code none that overlaps a stricter one. */
  findings: Finding[];
}

/** A passage as the rules read it. */
interface Views {
  field: string;
  plain: Folded;
  spelled: Folded;
}

/** Reads a text. */
export function read(lexicon: Lexicon, { category, passages }: Asked): Reading {
  const views = passages.map(({ field, text }): Views => {
    const plain = fold(lexicon.letters, text);
    return { field, plain, spelled: lexicon.spelled.write(plain) };
  });
  const whole = views.map(({ plain }) => plain.text).join('\n');
  const findings: Finding[] = [];
  for (const rule of lexicon.rules) {
    if (!rule.isFor(category)) continue;
    const { code, outcome, id } = rule;
    views.forEach((view, passage) => {
      const folded = view[rule.view];
      for (const { start, end } of rule.find(folded.text, whole)) {
        findings.push({ code, outcome, rule: id, passage, field: view.field, range: folded.origin(start, end) });
      }
    });
  }
  return readingOf(findings);
}

const strictness = ({ outcome }: Finding): number => OUTCOMES.indexOf(outcome);
const length = ({ range }: Finding): number => range.end - range.start;
const place = (one: Finding, other: Finding): number =>
  one.passage - other.passage || one.range.start - other.range.start;
const order = ({ code }: Finding): number => (code ? CODES.indexOf(code) : -1);

function readingOf(findings: readonly Finding[]): Reading {
  const overlap = (one: Finding, other: Finding): boolean =>
    one.code === other.code &&
    one.passage === other.passage &&
    one.range.start < other.range.end &&
    other.range.start < one.range.end;
  // The strictest and longest first: what lies within one of them adds nothing.
  const strictest = findings.toSorted(
    (one, other) => strictness(other) - strictness(one) || length(other) - length(one) || place(one, other)
  );
  const kept: Finding[] = [];
  for (const finding of strictest) {
    if (!kept.some((other) => overlap(other, finding))) kept.push(finding);
  }
  return {
    outcome: strictest[0]?.outcome ?? 'publish',
    findings: kept.sort((one, other) => place(one, other) || order(one) - order(other))
  };
}
