// What an author is told of what was found: as the board would decide about it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tell, type Told } from '../../src/lib/screening/telling.ts';
import { lexicon } from './lexicon.ts';

const PHONE = 'Appelez le 06 39 98 47 21';
const KIND = 'Une famille ukrainienne cherche un lit';
const body = (text: string) => [{ field: 'body', text }];
const sentences = (told: readonly Told[]) => told.flatMap(({ found }) => found.map(({ sentence }) => sentence));

test('what has to be changed is told in the reader’s language, with its place', () => {
  const writing = { category: 'HELP', passages: [{ field: 'title', text: 'Un lit' }, ...body(PHONE)], waits: true };
  const [title, text] = tell(lexicon, writing, 'en');
  assert.deepEqual(title?.found, []);
  assert.deepEqual(text?.found.map(({ range }) => range), [{ start: 11, end: 25 }]);
  assert.match(sentences(tell(lexicon, writing, 'en')).join(), /^This looks like a phone number/);
  assert.match(sentences(tell(lexicon, writing, 'fr')).join(), /^On dirait un numéro de téléphone/);
});

test('what a person reads first has no sentence against it, and is nothing where nobody does', () => {
  const writing = { category: 'HELP', passages: body(KIND) };
  assert.deepEqual(sentences(tell(lexicon, { ...writing, waits: true }, 'fr')), [undefined]);
  assert.deepEqual(sentences(tell(lexicon, { ...writing, waits: false }, 'fr')), []);
});

test('what somebody did is told in its form, and by who asks for help', () => {
  const writing = { passages: body('Mon mari me frappe, qui peut m’héberger ?'), waits: true };
  assert.match(sentences(tell(lexicon, { ...writing, category: 'QUESTION' }, 'fr')).join(), /formulaire/);
  assert.deepEqual(sentences(tell(lexicon, { ...writing, category: 'HELP' }, 'fr')), [undefined]);
  assert.deepEqual(sentences(tell(lexicon, { ...writing, category: 'CONCERNING_BEHAVIOUR' }, 'fr')).filter(Boolean), []);
});

test('what was found in a notice as it is up stops no change of it', () => {
  const writing = { category: 'HELP', passages: body(`${PHONE} ou 06 39 98 47 22`), before: body(PHONE), waits: true };
  assert.deepEqual(sentences(tell(lexicon, writing, 'fr')), [undefined, undefined]);
  assert.equal(sentences(tell(lexicon, { ...writing, before: body(KIND) }, 'fr')).filter(Boolean).length, 2);
});

test('each of several pictures has its own', () => {
  const alts = ['Une rue', PHONE].map((text) => ({ field: 'mediaAlt', text }));
  const told = tell(lexicon, { category: 'HELP', passages: alts, waits: true }, 'fr');
  assert.deepEqual(told.map(({ found }) => found.length), [0, 1]);
});
