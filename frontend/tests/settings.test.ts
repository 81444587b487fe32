// What moderators set for their neighbourhood: how much is shown of people, and whether they send postcards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, leave } from './house/home.ts';
import { OWN_PASSWORD } from './house/joining.ts';
import { press, type } from './house/keyboard.ts';
import { look } from './house/look.ts';
import { CONSOLE } from './house/moderating.ts';
import { SLUG } from './house/palier.ts';

const house = new House();

const SETTINGS = `${CONSOLE}/settings`;
const WHY = 'Trois caves ouvertes en une nuit : plusieurs voisins ont vu la même chose.';

test('more is shown of people once two moderators want it, everybody can read that, and one ends it', async (t) => {
  await house.board.operate('neighbourhood', 'appoint', '--slug', SLUG, '--email', 'myrtille@example.org');
  const [one, other] = [await house.somebody('lanterne'), await house.somebody('myrtille')];
  const { page } = one;

  await t.test('by keyboard: one proposes, says why, and cannot agree with themselves', async () => {
    await one.open(SETTINGS);
    await page.getByText('Aujourd’hui, 3 au plus.').waitFor();
    await press(one, page.getByText('En montrer plus pendant quelques jours'), 'Enter');
    await type(one, 'Combien par jour, de 4 à 10', '6');
    await type(one, 'Pourquoi', WHY);
    await look(one);
    await press(one, page.getByRole('button', { name: 'Proposer', exact: true }), 'Enter');
    await page.getByRole('heading', { name: 'Jusqu’à 6 par jour, pendant 3 jours' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Approuver…' }).count(), 0);
    await look(one);
  });

  await t.test('another one agrees on a narrow screen, and it counts at once', async () => {
    await other.page.setViewportSize({ width: 320, height: 900 });
    await other.open(SETTINGS);
    await other.page.getByText(WHY).waitFor();
    await other.page.getByRole('button', { name: 'Approuver…' }).click();
    await look(other);
    await other.page.getByRole('button', { name: 'Approuver', exact: true }).click();
    await other.page.getByText('C’est le cas dès maintenant.').waitFor();
    await other.page.getByText('Aujourd’hui, 6 au plus.').waitFor();
    await look(other);
  });

  await t.test('who is signed out reads how many and when, and not why', async () => {
    const visitor = await house.anybody({ locale: 'en-GB' });
    await visitor.open(`/n/${SLUG}/transparency`);
    await visitor.page.getByText('Up to 6 a day').waitFor();
    assert.equal(await visitor.page.getByText('caves').count(), 0);
    await look(visitor);
    await leave(visitor);
  });

  await t.test('one of them ends it, and it is as few as usual', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Y mettre fin maintenant' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Y mettre fin maintenant' }).click();
    await page.getByText('C’est fini.').waitFor();
    await page.getByText('Aujourd’hui, 3 au plus.').waitFor();
    await look(one);
    await one.open(`/n/${SLUG}/transparency`);
    await page.getByText('fini avant l’heure').waitFor();
  });
  await leave(one, other);
});

test('where moderators send no postcards, nobody writes an address down in vain', async () => {
  const moderator = await house.somebody('lanterne');
  await moderator.open(SETTINGS);
  await moderator.page.getByRole('button', { name: 'Ne plus envoyer de cartes' }).click();
  await moderator.page.getByText('On ne peut pas demander de carte.').waitFor();
  await look(moderator);

  const asker = await house.anybody();
  const { page } = asker;
  await asker.open('/join/account');
  await type(asker, 'Adresse de courriel', 'grive@example.org');
  await type(asker, 'Mot de passe', OWN_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Regardez votre courriel' }).waitFor();
  await page.goto(await house.board.mailedLink('grive@example.org'));
  await page.getByRole('button', { name: 'Oui, ouvrir mon compte' }).click();
  await page.waitForURL('**/join');
  await asker.open('/join/postcard');
  await page.getByText('Pas de carte ici').waitFor();
  assert.equal(await page.getByRole('textbox').count(), 0);
  await look(asker);
  await press(asker, page.getByRole('link', { name: 'Demander à deux voisins de se porter garants' }), 'Enter');
  await page.waitForURL('**/join/vouches');

  await moderator.page.getByRole('button', { name: 'Envoyer à nouveau des cartes' }).click();
  await moderator.page.getByText('On peut demander une carte.').waitFor();
  await asker.open('/join/postcard');
  await page.getByLabel(/adresse/i).waitFor();
  await leave(moderator, asker);
});
