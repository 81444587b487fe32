// The browser's interpreter by itself; that it finds what the server's does is tested where both are
// (services/kernel/screening/tests/agreement).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../src/lib/screening/fold.ts';
import { read } from '../../src/lib/screening/reading.ts';
import { CODES, Rule, type Written } from '../../src/lib/screening/rule.ts';
import { lexicon } from './lexicon.ts';

const folded = (text: string): string => fold(lexicon.letters, text).text;

test('what looks like a letter is read as one, by the table and not by this browser’s Unicode', () => {
  for (const [text, as] of [
    ['Éléphant à l’Œuvre', "elephant a l'oeuvre"],
    ['ＡＢ－１２３', 'ab-123'],
    ['0️⃣6️⃣', '06'],
    ['③④ 𝟓𝟔', '34 56'],
    ['А\u0441 53°48′29″N', 'ac 53deg48\'29"n'],
    ['n\u200bo\u00adn\u1dc4', 'non'],
    ['🚗\u00a0ok\r\n', '* ok \n'],
    ['각 ㈀', '* (*)']
  ] as const) {
    assert.equal(folded(text), as);
  }
});

test('half of a pair is read as the server reads what it is sent in its place', () => {
  for (const half of ['\ud83d', '\ude97']) {
    assert.equal(folded(`a${half}b`), folded(`a${half}b`.toWellFormed()));
    assert.deepEqual(fold(lexicon.letters, `a${half}b`).origin(2, 3), { start: 2, end: 3 });
  }
});

test('where it came from is counted as browsers count', () => {
  const wheels = fold(lexicon.letters, '🚗 Œil');
  assert.equal(wheels.text, '* oeil');
  assert.deepEqual(wheels.origin(0, 1), { start: 0, end: 2 });
  assert.deepEqual(wheels.origin(2, 4), { start: 3, end: 4 });
  assert.deepEqual(wheels.origin(2, 6), { start: 3, end: 6 });
  assert.deepEqual(wheels.origin(3, 3), { start: 0, end: 0 });
});

test('the longest word is written and keeps its place', () => {
  const spelled = lexicon.spelled.write(fold(lexicon.letters, 'zéro six, quatre-vingt  dix-huit arobase ex point fr'));
  assert.equal(spelled.text, '0 6, 98 @ ex . fr');
  assert.deepEqual(spelled.origin(5, 7), { start: 10, end: 32 });
});

const rule = (parts: Partial<Written>): Rule =>
  new Rule({ id: 'one', outcome: 'refuse', view: 'plain', pattern: 'x', only: [], not: [], ...parts });
const foundBy = (parts: Partial<Written>, text: string, whole = text): string[] =>
  [...rule(parts).find(text, whole)].map(({ start, end }) => text.slice(start, end));

test('each part of a rule does what docs/screening.md says', () => {
  assert.deepEqual(foundBy({ pattern: 'a ?(?<found>\\d+ ?)' }, 'a 1 a 22'), ['1', '22']);
  assert.deepEqual(foundBy({ pattern: '\\d+', but: '^2' }, '1 2'), ['1']);
  assert.deepEqual(foundBy({ needs: 'y' }, 'x', 'x\ny'), ['x']);
  assert.deepEqual(foundBy({ needs: 'y' }, 'x'), []);
  assert.deepEqual(foundBy({ unless: 'y' }, 'x', 'x\ny'), []);
  assert.deepEqual(foundBy({ unless_before: 'no $' }, 'no x x'), ['x']);
  assert.deepEqual(foundBy({ unless_after: '^!' }, 'x! x'), ['x']);
  assert.ok(rule({ only: ['EVENT'] }).isFor('EVENT') && !rule({ only: ['EVENT'] }).isFor(undefined));
  assert.ok(!rule({ not: ['EVENT'] }).isFor('EVENT') && rule({ not: ['EVENT'] }).isFor(undefined));
});

test('what was found is told with its place, in the order of the text, and the category counts', () => {
  const passages = [
    { field: 'title', text: '📦 à prendre' },
    { field: 'body', text: 'maud@example.org, 06 39 98 47 21' }
  ];
  const { outcome, findings } = read(lexicon, { category: 'GIVE_LEND', passages });
  assert.equal(outcome, 'refuse');
  assert.deepEqual(
    findings.map(({ code, passage, range }) => [code, passage, range]),
    [
      ['EMAIL_FOUND', 1, { start: 0, end: 16 }],
      ['PHONE_FOUND', 1, { start: 18, end: 32 }]
    ]
  );
  assert.deepEqual(read(lexicon, { category: 'EVENT', passages }), { outcome: 'publish', findings: [] });
});

test('every code has its sentence in both languages', () => {
  for (const code of CODES) assert.ok(lexicon.sentences[code].fr && lexicon.sentences[code].en);
});
