// The rules, as the server's crate writes them into schema/lexicon.json.
import { lettersOf, type Letters } from './fold.ts';
import { Rule, type Code, type Written } from './rule.ts';
import { Spelled } from './spelled.ts';

/** What an author is told of a code, in each language. */
export type Sentences = Readonly<Record<Code, Readonly<Record<'fr' | 'en', string>>>>;

/** The lexicon as it is written down. */
export interface Data {
  letters: Readonly<Record<string, string>>;
  spelled: { written: Readonly<Record<string, string>> };
  rules: readonly Written[];
  sentences: Sentences;
}

/** Everything that reads a text. */
export interface Lexicon {
  letters: Letters;
  spelled: Spelled;
  rules: readonly Rule[];
  sentences: Sentences;
}

export const lexiconOf = ({ letters, spelled, rules, sentences }: Data): Lexicon => ({
  letters: lettersOf(letters),
  spelled: new Spelled(spelled),
  rules: rules.map((rule) => new Rule(rule)),
  sentences
});
