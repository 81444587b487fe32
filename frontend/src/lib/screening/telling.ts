// What an author is told of what was found, as the server decides about it (services/posts/src/domain).
import type { Range } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import { read, type Asked, type Finding, type Passage } from './reading.ts';
import type { Code } from './rule.ts';

/** Where what somebody did may be told: in its own form, and by who asks for help, whom a person reads first. */
const TOLD_ANYWAY = new Set<string | undefined>(['CONCERNING_BEHAVIOUR', 'HELP']);

/** Something that is being written. */
export interface Writing extends Asked {
  /** The same as it is up: what was found in that stops no change of it. */
  before?: readonly Passage[];
  /** Whether a person reads first what is not simply fine; an answer below a notice nobody reads first. */
  waits: boolean;
}

/** A stretch of a passage that was found. */
export interface Found {
  range: Range;
  /** What; none: nothing that the author could change. */
  code: Code | undefined;
  /** What it is and what to do, where it has to be changed; none: a person reads it first. */
  sentence: string | undefined;
}

/** A passage as it was read, and what was found in it. */
export interface Told extends Passage {
  found: readonly Found[];
}

/** Reads what is being written; tells of each passage what was found in it. */
export function tell(lexicon: Lexicon, writing: Writing, language: 'fr' | 'en'): Told[] {
  const { category, passages, before } = writing;
  const known = before ? read(lexicon, { category, passages: before }).findings : [];
  const isKnown = ({ code, field }: Finding): boolean => known.some((of) => of.code === code && of.field === field);
  const told = passages.map(({ field, text }) => ({ field, text, found: [] as Found[] }));
  for (const finding of read(lexicon, { category, passages }).findings) {
    const { code, outcome, passage, range } = finding;
    const refused = outcome === 'refuse' || (outcome === 'form' && !TOLD_ANYWAY.has(category));
    const stops = refused && code && !isKnown(finding);
    const sentence = stops ? lexicon.sentences[code][language] : undefined;
    if (sentence || writing.waits) told[passage]?.found.push({ code, range, sentence });
  }
  return told;
}
