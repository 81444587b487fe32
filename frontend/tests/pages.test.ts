// Every page and state: no barrier that axe knows, in light and dark, on a narrow phone and a desk; nothing sideways,
// nothing from elsewhere, nothing against the policy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { House } from './house/home.ts';
import { look } from './house/look.ts';
import { SLUG } from './house/palier.ts';

const house = new House();

/** Signed out: where it is, and what is there when it stands. */
const OUTSIDE = [
  { path: '/', stands: '.hero' },
  { path: '/join', stands: '.input.code' },
  { path: '/join#code=AAAA-BBBB-CCC', stands: '.error' },
  { path: '/sign-in', stands: 'form' },
  { path: '/recover', stands: 'form' },
  { path: '/recover#token=abc', stands: 'form' },
  { path: '/confirm', stands: '.note' },
  { path: '/confirm#token=abc', stands: 'form' },
  { path: '/never', stands: '.lines' },
  { path: '/kept', stands: '.table' },
  { path: `/n/${SLUG}`, stands: '.notice' },
  { path: '/n/elsewhere', stands: '.actions' },
  { path: '/post/cAAAAAAAAAAAAAAAAAAAAAA', stands: '.actions' },
  { path: '/nowhere/at/all', stands: 'h1' }
];

for (const { path, stands } of OUTSIDE) {
  test(`signed out, ${path}`, async () => {
    const person = await house.anybody();
    await person.open(path);
    await person.page.locator(`main ${stands}`).first().waitFor();
    await look(person);
    await person.close();
  });
}

interface Told {
  what: string;
  until: string;
  readers: string;
}

test('what is kept is said in one language, the reader’s', async () => {
  const file = readFileSync(new URL('../../schema/kept.json', import.meta.url), 'utf8');
  const { about_residents: things } = JSON.parse(file) as { about_residents: Record<'fr' | 'en', Told>[] };
  for (const [language, locale] of [['fr', 'fr-FR'], ['en', 'en-GB']] as const) {
    const person = await house.anybody({ locale });
    await person.open('/kept');
    await person.page.locator('.table').first().waitFor();
    const told = await person.page.locator('.table :is(tbody th, td)').allTextContents();
    const kept = things.map((thing) => thing[language]).flatMap(({ what, until, readers }) => [what, until, readers]);
    assert.deepEqual(told.toSorted(), kept.toSorted());
    await person.close();
  }
});

test('signed in: the board, a notice, writing, the account, naming tiles, and what is not there', async (t) => {
  const person = await house.somebody('lanterne');
  const { page } = person;

  await t.test('the board', () => look(person));
  await t.test('a category', async () => {
    await page.getByRole('link', { name: 'Événement', exact: true }).click();
    await page.locator('.date-tile').first().waitFor();
    await look(person);
  });
  await t.test('a notice with answers', async () => {
    await page.locator('.notice-title a').first().click();
    await page.getByRole('heading', { name: 'Réponses' }).waitFor();
    await page.getByText('Ne plus voir ceci').click();
    await look(person);
  });
  await t.test('writing an event', async () => {
    await person.open('/new');
    await page.getByRole('radio', { name: /Événement/ }).check();
    await page.getByLabel('Début').waitFor();
    await look(person);
  });
  await t.test('what was refused', async () => {
    await page.getByRole('radio', { name: /Question/ }).check();
    await page.getByRole('textbox', { name: 'Titre' }).fill('Un mot\u202Eà l’envers');
    await page.getByRole('textbox', { name: 'Texte' }).fill('Le texte.');
    await page.getByRole('button', { name: 'Afficher', exact: true }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await look(person);
  });
  await t.test('the account, and the question before it is erased', async () => {
    await person.open('/me');
    await page.getByRole('heading', { name: 'Appareils connectés' }).waitFor();
    await look(person);
    await page.getByRole('button', { name: 'Effacer mon compte…' }).click();
    await page.getByRole('dialog').waitFor();
    await look(person);
  });
  await t.test('naming tiles, with their map', async () => {
    await person.open(`/n/${SLUG}/console/tiles`);
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Montrer la carte' }).click();
    await page.getByRole('button', { name: 'Plus près' }).waitFor();
    await look(person);
  });
  await t.test('a notice that is down, and a board of others', async () => {
    await person.open('/post/cAAAAAAAAAAAAAAAAAAAAAA');
    await page.getByRole('heading', { name: 'Cette annonce est décrochée' }).waitFor();
    await look(person);
    await person.open('/n/elsewhere');
    await page.getByRole('heading', { name: 'Ce n’est pas votre palier' }).waitFor();
    await look(person);
  });
  await person.close();
});

test('the same in English', async () => {
  const person = await house.anybody({ locale: 'en-GB' });
  await person.open('/');
  await person.page.getByRole('link', { name: 'I have an invite code' }).waitFor();
  assert.equal(await person.page.evaluate(() => document.documentElement.lang), 'en');
  await look(person);
  await person.signIn('juniper@example.org');
  await person.page.getByRole('heading', { name: 'On the landing' }).waitFor();
  await look(person);
  await person.close();
});

test('by keyboard: j and k walk the notices, Enter opens, and the first stop skips to the content', async () => {
  const person = await house.somebody('myrtille');
  const { page } = person;
  const titles = await page.locator('.notice-title a').allInnerTexts();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), titles[1]);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/post/*');
  assert.equal(await page.locator('h1').innerText(), titles[1]);
  await page.reload();
  await page.locator('h1').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
  await person.close();
});
