import { readFileSync } from 'node:fs';
import { lexiconOf, type Data } from '../../src/lib/screening/lexicon.ts';

/** The lexicon that the web app is built with. */
export const lexicon = lexiconOf(
  JSON.parse(readFileSync(new URL('../../../schema/lexicon.json', import.meta.url), 'utf8')) as Data
);
