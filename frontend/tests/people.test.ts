// What tells of a person: the form in its order, the rest, the reader, and how seldom; and incidents, which are read first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { press, type } from './house/keyboard.ts';
import { look } from './house/look.ts';
import { attend, release } from './house/moderating.ts';
import { SLUG } from './house/palier.ts';
import { putUp, title, write } from './house/writing.ts';

const house = new House();

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What rests has rested. */
const RESTED = 'UPDATE post SET confirm_from_ms = published_at_ms WHERE confirm_from_ms IS NOT NULL';
/** As many were shown today as a neighbourhood is shown in a day. */
const FULL = `INSERT OR REPLACE INTO shown_day SELECT DISTINCT neighbourhood, ${Math.floor(Date.now() / DAY_MS)}, 3 FROM post`;
/** A day went by for what waits. */
const A_DAY_LATER = `UPDATE post SET waits_since_ms = waits_since_ms - ${DAY_MS} WHERE waits_since_ms IS NOT NULL`;

/** A moderator looks after the neighbourhood: without one nobody tells of people. */
async function attends(): Promise<Person> {
  const moderator = await house.somebody('lanterne');
  await attend(moderator);
  return moderator;
}

/** Fills the form in with a mouse, in French. */
async function fillIn({ page }: Person, words: string): Promise<void> {
  await page.getByRole('radio', { name: /Essayer d’ouvrir/ }).check();
  await page.getByLabel('En vos mots').fill(words);
  await page.getByLabel('Jour').selectOption({ index: 2 });
  await page.getByLabel('Vers', { exact: true }).selectOption('22');
  await page.getByLabel('Ce qui s’est passé').fill('Un garage aurait pu être vidé');
  await page.getByRole('radio', { name: /^Non/ }).check();
  await page.getByRole('checkbox', { name: /livraison/ }).check();
  await page.getByLabel('Pourquoi cela ne suffit pas').fill('Trois portes de suite, sans colis');
}

const rest = ({ page }: Person): Promise<void> => page.getByRole('button', { name: 'Enregistrer et laisser reposer' }).click();

test('while nobody moderates, the form says so as it is sent, and what can be done instead', async () => {
  await house.board.meanwhile('DELETE FROM oversight');
  await house.board.meanwhile('DELETE FROM activity', 'moderation');
  const person = await house.somebody('tilleul');
  const { page } = person;
  await person.open('/new/facts');
  await fillIn(person, 'Trois poignées de garage tirées de suite.');
  await rest(person);
  await page.getByText('Personne ne modère ce quartier').waitFor();
  assert.equal(await page.getByRole('link', { name: /^17/ }).last().getAttribute('href'), 'tel:17');
  await look(person);
  await page.getByRole('button', { name: 'Afficher un incident' }).click();
  await page.waitForURL('**/new');
  assert.ok(await page.getByRole('radio', { name: /Incident/ }).isChecked());
  assert.equal(await page.getByLabel('Texte').inputValue(), 'Trois poignées de garage tirées de suite.');
  await leave(person);
});

test('by keyboard, from the form to the board: danger stops it, a refusal is mended, it rests, is confirmed and read', async (t) => {
  const [author, moderator, reader] = [await house.anybody(), await attends(), await house.anybody({ locale: 'en-GB' })];
  const { page } = author;
  await page.clock.install();
  await author.signIn('mesange@example.org');

  await t.test('the form stops where somebody is in danger, and sends nothing', async () => {
    await author.open('/new');
    await press(author, page.getByRole('link', { name: 'Passez par le formulaire des faits.' }), 'Enter');
    await page.waitForURL('**/new/facts');
    await look(author);
    await press(author, page.getByRole('radio', { name: /Essayer d’ouvrir/ }));
    await type(author, 'En vos mots', 'Il a tiré trois poignées de garage de suite.');
    await press(author, page.getByLabel('Jour'), 'ArrowDown');
    await page.keyboard.press('ArrowDown');
    await press(author, page.getByLabel('Vers', { exact: true }), 'End');
    await type(author, 'Ce qui s’est passé', 'Un garage aurait pu être vidé par un Roumain');
    await press(author, page.getByRole('radio', { name: /^Oui/ }));
    await page.getByText('N’écrivez pas ici').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Enregistrer et laisser reposer' }).count(), 0);
    assert.deepEqual(
      await page.locator('.call').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ['tel:17', 'tel:112']
    );
    await look(author);
    await page.keyboard.press('ArrowDown');
    assert.ok(await page.getByRole('radio', { name: /^Non/ }).isChecked());
  });

  await t.test('what it asks for still, and what was found, is said at its field', async () => {
    await type(author, 'Pourquoi cela ne suffit pas', 'Trois portes de suite, sans colis');
    await press(author, page.getByRole('button', { name: 'Enregistrer et laisser reposer' }), 'Enter');
    await page.getByText('Cochez au moins une explication').waitFor();
    const delivery = page.getByRole('checkbox', { name: /livraison/ });
    assert.ok(await delivery.evaluate((box) => box === document.activeElement));
    await page.keyboard.press('Space');
    await press(author, page.getByRole('button', { name: 'Enregistrer et laisser reposer' }), 'Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
    assert.match(await page.locator('mark.found').innerText(), /Roumain/);
    assert.ok(await page.getByLabel('Ce qui s’est passé').evaluate((field) => field === document.activeElement));
    await look(author);
    await type(author, 'Ce qui s’est passé', 'Un garage aurait pu être vidé');
    await press(author, page.getByRole('button', { name: 'Enregistrer et laisser reposer' }), 'Enter');
    await page.waitForURL('**/post/*');
  });

  await t.test('it rests: minutes are said, nothing opens before, and a clock that is ahead is told when', async () => {
    await page.getByRole('timer', { name: '20 minutes restantes' }).waitFor();
    await look(author);
    const confirm = page.getByRole('button', { name: 'Confirmer' });
    assert.equal(await confirm.getAttribute('aria-disabled'), 'true');
    await page.clock.fastForward(6 * MINUTE_MS);
    await page.getByRole('timer', { name: '14 minutes restantes' }).waitFor();
    assert.equal(await page.locator('.laid').count(), 6);
    await page.clock.fastForward(15 * MINUTE_MS);
    await page.getByRole('heading', { level: 1, name: 'Relisez, puis décidez' }).waitFor();
    await press(author, confirm, 'Enter');
    await page.getByText('Revenez ensuite relire').waitFor();
  });

  await t.test('it is confirmed, and its author knows until when it waits', async () => {
    await house.board.meanwhile(RESTED);
    await page.reload();
    await page.getByText('Un garage aurait pu être vidé').waitFor();
    await look(author);
    await press(author, page.getByRole('button', { name: 'Confirmer' }), 'Enter');
    await page.getByText('Une personne de la modération la relit').waitFor();
    await look(author);
    await author.open('/me');
    await page.getByText('Attend d’être relue').waitFor();
  });

  await t.test('a moderator reads all of it and releases it', async () => {
    await release(moderator, 'Trois portes de suite, sans colis');
  });

  await t.test('neighbours read it in their language: no mark, no colour, no answers, no photo', async () => {
    await reader.signIn('juniper@example.org');
    const card = reader.page.locator('.notice', { hasText: 'Somebody tried to open a door' });
    await card.getByText('a delivery, the wrong door').waitFor();
    assert.equal(await card.locator('.mark, .photo').count(), 0);
    assert.equal(await card.getAttribute('data-cat'), null);
    assert.equal(await card.getByRole('link', { name: /Answer/ }).count(), 0);
    await look(reader);
    await card.getByRole('heading').getByRole('link').click();
    await reader.page.getByText('never read by police').waitFor();
    assert.match(await reader.page.locator('.facts time').innerText(), /at about 23:00$/);
    await look(reader);
  });

  await t.test('another one within the week is stopped before anything is written', async () => {
    await author.open('/new/facts');
    await page.getByText('Une annonce sur une personne par semaine').waitFor();
    assert.equal(await page.getByRole('radio').count(), 0);
    await look(author);
  });
  await leave(author, moderator, reader);
});

test('what belongs into the form is carried there from another kind of notice, and stays on the device', async () => {
  const [moderator, person] = [await attends(), await house.anybody({ locale: 'en-GB' })];
  const { page } = person;
  await person.signIn('wagtail@example.org');
  await person.open('/new');
  await page.getByRole('radio', { name: /Question/ }).check();
  await page.getByRole('textbox', { name: 'Title' }).fill('Garages');
  await page.getByRole('textbox', { name: 'Text' }).fill('A man tried every garage door in our alley last night.');
  // While it is written, and again once the board refused it.
  await page.getByText('This belongs in the form').waitFor();
  await look(person);
  await page.getByRole('button', { name: 'Put up' }).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await page.getByRole('button', { name: 'Make it an incident' }).waitFor();
  await look(person);
  await page.getByRole('link', { name: 'Open the form with this text' }).click();
  await page.waitForURL('**/new/facts');
  const words = page.getByLabel('In your words');
  assert.match(await words.inputValue(), /every garage door/);
  await page.getByText('Yours, “Garages”, stays in your draft.').waitFor();
  await page.getByRole('radio', { name: /Trying to open/ }).check();
  await page.getByRole('checkbox', { name: /visit to somebody/ }).check();
  await person.keeps('VISITOR');
  await page.reload();
  assert.ok(await page.getByRole('checkbox', { name: /visit to somebody/ }).isChecked());
  assert.ok(await page.getByRole('radio', { name: /Trying to open/ }).isChecked());
  await look(person);
  await page.getByLabel('Day').selectOption({ index: 2 });
  await page.getByLabel('At about', { exact: true }).selectOption('22');
  await page.getByLabel('What happened').fill('A garage could have been emptied');
  await page.getByRole('radio', { name: /^No/ }).check();
  await page.getByLabel('Why that is not enough').fill('Every door in a row, and no parcel');
  await page.getByRole('button', { name: 'Keep it and let it rest' }).click();
  await page.waitForURL('**/post/*');
  // The form took its words; the title was another notice's.
  await person.open('/new');
  assert.equal(await page.getByRole('textbox', { name: 'Title' }).inputValue(), 'Garages');
  assert.equal(await page.getByRole('textbox', { name: 'Text' }).inputValue(), '');
  await leave(person, moderator);
});

test('what rests can be changed, which makes it rest anew, and thrown away', async () => {
  const [moderator, person] = [await attends(), await house.somebody('tilleul')];
  const { page } = person;
  await person.open('/new/facts');
  await fillIn(person, 'Trois poignées de voiture tirées de suite.');
  await rest(person);
  await page.waitForURL('**/post/*');
  await house.board.meanwhile(RESTED);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Relisez, puis décidez' }).waitFor();
  await page.getByText('Un texte modifié repose de nouveau vingt minutes.').waitFor();
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByLabel('En vos mots').fill('Deux poignées de voiture tirées de suite.');
  await look(person);
  await person.keeps('Deux poignées');
  await page.reload();
  await page.getByText('Cette retouche n’était pas partie').waitFor();
  await rest(person);
  await page.getByRole('timer', { name: '20 minutes restantes' }).waitFor();
  await page.getByText('Deux poignées de voiture').waitFor();
  await page.getByRole('button', { name: 'Jeter…' }).click();
  await page.getByRole('button', { name: 'Jeter pour de bon' }).click();
  await page.waitForURL(`**/n/${SLUG}`);
  await person.gone('poignées de voiture');
  await leave(person, moderator);
});

test('what is accepted on a full day waits for the next, and what was not shown in time says so to its author', async () => {
  const [moderator, author] = [await attends(), await house.somebody('boussole')];
  const { page } = author;
  await author.open('/new/facts');
  await fillIn(author, 'Trois portes de local à vélos tirées de suite.');
  await rest(author);
  await page.waitForURL('**/post/*');
  const path = new URL(page.url()).pathname;
  await house.board.meanwhile(`${RESTED}; ${FULL}`);
  await page.reload();
  await page.getByRole('button', { name: 'Confirmer' }).click();
  await page.getByText('Une personne de la modération la relit').waitFor();
  await release(moderator, 'local à vélos');
  await page.getByText('celle-ci suit demain').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Retoucher' }).count(), 0);
  await look(author);
  await house.board.meanwhile(A_DAY_LATER);
  await page.getByRole('heading', { level: 1, name: 'Elle n’a pas paru' }).waitFor({ timeout: 90_000 });
  await page.getByText('Trois portes de local à vélos').waitFor();
  await look(author);
  await author.open('/me');
  await page.getByText('Jamais parue').waitFor();
  await author.open(path);
  await page.getByRole('button', { name: 'Jeter…' }).click();
  await page.getByRole('button', { name: 'Jeter pour de bon' }).click();
  await page.waitForURL(`**/n/${SLUG}`);
  await leave(author, moderator);
});

test('an incident asks whether police may read it, with nothing chosen, and remembers the first answer', async () => {
  const person = await house.somebody('lichen');
  const { page } = person;
  await write(person, /Incident/, 'Vélo volé au pied de l’escalier', 'L’antivol est coupé, le vélo bleu n’est plus là.');
  const group = page.getByRole('group', { name: 'La police peut-elle lire vos annonces d’incident ?' });
  assert.equal(await group.getByRole('radio', { checked: true }).count(), 0);
  await page.getByText('Sans réponse, c’est non.').waitFor();
  await look(person);
  await group.getByRole('radio', { name: 'Non' }).check();
  await page.getByLabel('Jour').selectOption({ index: 1 });
  await page.getByLabel('Vers', { exact: true }).selectOption('0');
  await putUp(person);
  await page.getByText('Reçue, pas encore affichée.').waitFor();
  await page.locator('.facts time').waitFor();
  const sent = page.getByRole('group', { name: 'La police peut-elle lire cette annonce ?' });
  await sent.getByRole('radio', { name: 'Non', checked: true }).waitFor();
  await sent.getByRole('radio', { name: 'Oui' }).check();
  await page.getByText('C’est noté : oui, pour cette annonce.').waitFor();
  await look(person);
  await page.reload();
  await sent.getByRole('radio', { name: 'Oui', checked: true }).waitFor();
  await person.open('/me');
  const mine = page.getByRole('group', { name: /La police peut-elle/ });
  await mine.getByRole('radio', { name: 'Non', checked: true }).waitFor();
  await mine.getByRole('radio', { name: 'Oui' }).check();
  await page.getByText('C’est noté : oui').waitFor();
  await person.open('/new');
  await page.getByRole('radio', { name: /Incident/ }).check();
  const one = page.getByRole('group', { name: 'La police peut-elle lire cette annonce ?' });
  await one.getByRole('radio', { name: 'Oui', checked: true }).waitFor();
  await leave(person);
});

test('a newcomer is told before they write', async () => {
  const person = await house.anybody({ locale: 'en-GB' });
  await person.signIn('paper.boat@example.org');
  await person.open('/new/facts');
  await person.page.getByText('New residents write about people after 14 days').waitFor();
  assert.equal(await person.page.getByRole('radio').count(), 0);
  await look(person);
  await leave(person);
});

test('its rest is seen by nobody else, and a card of it is never on a board', async () => {
  const [moderator, author] = [await attends(), await house.somebody('parapluie')];
  await author.open('/new/facts');
  await fillIn(author, 'Trois portes de cave tirées de suite.');
  await rest(author);
  await author.page.waitForURL('**/post/*');
  await moderator.open(new URL(author.page.url()).pathname);
  await moderator.page.getByRole('heading', { level: 1, name: 'Cette annonce est décrochée' }).waitFor();
  await author.open(`/n/${SLUG}`);
  await author.page.locator('.notice').first().waitFor();
  assert.equal(await title(author, 'On a essayé d’ouvrir').filter({ hasText: 'cave' }).count(), 0);
  await leave(author, moderator);
});
