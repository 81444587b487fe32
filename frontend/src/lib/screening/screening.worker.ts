// Reads beside the page: the patterns take half a second to compile. It and the lexicon are loaded when somebody writes.
import data from '../../../../schema/lexicon.json';
import { lexiconOf, type Data } from './lexicon.ts';
import { tell, type Told, type Writing } from './telling.ts';

/** A question, and its answer with the same key. */
export interface Question {
  key: number;
  writing: Writing;
  language: 'fr' | 'en';
}
export interface Answer {
  key: number;
  told: Told[];
}

const lexicon = lexiconOf(data as Data);

addEventListener('message', ({ data: { key, writing, language } }: MessageEvent<Question>) => {
  postMessage({ key, told: tell(lexicon, writing, language) } satisfies Answer);
});
