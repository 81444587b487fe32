// What somebody changes of their own: a notice, their name, their password, their devices, and all of it away.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { House, leave } from './house/home.ts';
import { PASSWORD, SLUG } from './house/palier.ts';
import { putUp, title, write } from './house/writing.ts';

const house = new House();

test('an edited notice changes before the eyes of who reads the board', async () => {
  const [writer, reader] = [await house.somebody('mesange'), await house.somebody('myrtille')];
  await write(writer, /Question/, 'Quand passe le facteur', 'Le matin ?');
  await putUp(writer);
  await title(reader, 'Quand passe le facteur').waitFor();
  await writer.page.getByRole('button', { name: 'Retoucher' }).click();
  await writer.page.getByRole('textbox', { name: 'Titre' }).fill('Quand passe la factrice');
  await writer.page.getByRole('button', { name: 'Afficher la retouche' }).click();
  await writer.page.getByRole('heading', { level: 1, name: 'Quand passe la factrice' }).waitFor();
  await title(reader, 'Quand passe la factrice').waitFor();
  assert.equal(await title(reader, 'Quand passe le facteur').count(), 0);
  await leave(writer, reader);
});

test('what is wrong with an event is said at its field, which has the focus', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await write(person, /Événement/, 'Fête de la cour', 'Venez avec une chaise.');
  await page.getByLabel('Début').fill('2020-05-01T18:00');
  await page.getByLabel('Fin').fill('2020-05-01T20:00');
  await page.getByRole('textbox', { name: 'Lieu' }).fill('La cour');
  await putUp(person);
  await page.locator('[aria-invalid="true"]').first().waitFor();
  assert.equal(await page.locator('[aria-invalid="true"]').count(), 1);
  assert.equal(await page.getByLabel('Début').getAttribute('aria-invalid'), 'true');
  assert.ok(await page.getByLabel('Début').evaluate((field) => field === document.activeElement));
  await leave(person);
});

test('answers written meanwhile are there when the reader comes back to the page', async () => {
  const [writer, reader] = [await house.somebody('mesange'), await house.somebody('myrtille')];
  await write(writer, /Question/, 'Qui a vu mon écharpe', 'Rouge, en laine.');
  await putUp(writer);
  await writer.page.getByText('Affichée.').waitFor();
  await title(reader, 'Qui a vu mon écharpe').getByRole('link').click();
  await reader.page.getByRole('textbox', { name: 'Votre réponse' }).fill('Sur la rampe du deuxième.');
  await reader.page.getByRole('button', { name: 'Répondre', exact: true }).click();
  await reader.page.locator('.comment').waitFor();
  assert.equal(await writer.page.locator('.comment').count(), 0);
  await writer.page.evaluate(() => dispatchEvent(new Event('focus')));
  await writer.page.locator('.comment', { hasText: 'Sur la rampe' }).waitFor();
  await leave(writer, reader);
});

test('a hidden notice and a blocked name are gone from this browser only, and come back when asked', async () => {
  const [reader, other] = [await house.somebody('myrtille'), await house.somebody('tilleul')];
  const { page } = reader;
  const first = (await page.locator('.notice-title').first().innerText()).trim();
  await title(reader, first).getByRole('link').click();
  await page.getByText('Ne plus voir ceci').click();
  await page.getByRole('button', { name: 'Masquer cette annonce' }).click();
  await page.waitForURL(`**/n/${SLUG}`);
  await page.locator('.notice').first().waitFor();
  assert.equal(await title(reader, first).count(), 0);
  await title(other, first).waitFor();
  await page.reload();
  await page.locator('.notice').first().waitFor();
  assert.equal(await title(reader, first).count(), 0, 'it stays hidden');
  await reader.open('/me');
  await page.getByRole('button', { name: 'Les revoir' }).click();
  await reader.open(`/n/${SLUG}`);
  await title(reader, first).waitFor();

  const named = page.locator('.notice', { has: page.locator('.notice-foot b', { hasNotText: 'voisin' }) }).first();
  const signed = (await named.locator('.notice-foot b').innerText()).trim();
  await named.locator('.notice-title a').click();
  await page.getByText('Ne plus voir ceci').click();
  await page.locator('details.more[open] button').last().click();
  await page.waitForURL(`**/n/${SLUG}`);
  await page.locator('.notice').first().waitFor();
  assert.equal(await page.locator('.notice-foot b', { hasText: signed }).count(), 0);
  assert.notEqual(await other.page.locator('.notice-foot b', { hasText: signed }).count(), 0);
  await reader.open('/me');
  await page.getByRole('button', { name: `Revoir ${signed}` }).click();
  await reader.open(`/n/${SLUG}`);
  await page.locator('.notice-foot b', { hasText: signed }).first().waitFor();
  await leave(reader, other);
});

test('a code can be copied, as itself and as a link; two are the most; cancelled, it opens nothing any more', async () => {
  const person = await house.somebody('lanterne', { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = person;
  const pasted = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await person.open('/me');
  await page.getByRole('button', { name: 'Faire un code' }).click();
  const code = (await page.locator('p.code').innerText()).trim();
  await page.getByRole('button', { name: 'Copier le code' }).click();
  await page.getByRole('status').filter({ hasText: 'Copié.' }).first().waitFor();
  assert.equal(await pasted(), code);
  await page.getByRole('button', { name: 'Copier le lien' }).click();
  await page.getByText('Copié.').nth(1).waitFor();
  const link = await pasted();
  assert.equal(new URL(link).hash, `#code=${code}`, 'no server sees what is behind the #');
  const stranger = await house.anybody();
  await stranger.page.goto(link);
  await stranger.page.getByText('Ce code ouvre').waitFor();

  await page.getByRole('button', { name: 'Faire un code' }).click();
  await page.getByText('Deux codes sont ouverts, c’est le maximum.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Faire un code' }).count(), 0, 'a third is not offered');
  const cancel = page.getByRole('button', { name: 'Annuler ce code' });
  await cancel.first().click();
  await page.getByRole('button', { name: 'Faire un code' }).waitFor();
  await cancel.first().click();
  await page.locator('p.code').waitFor({ state: 'detached' });
  await stranger.page.reload();
  const field = stranger.page.getByLabel('Code d’invitation');
  await stranger.page.getByText('Ce code n’ouvre rien').waitFor();
  assert.equal(await field.inputValue(), code, 'what was typed is kept');
  assert.ok(await field.evaluate((input) => input === document.activeElement));
  await leave(person, stranger);
});

test('the home tile changes, and both before and after it is said that this is once in 90 days', async () => {
  const person = await house.somebody('lichen');
  const { page } = person;
  await person.open('/me');
  await page.getByText('Changer de carreau').click();
  await page.getByText('Modifiable une fois tous les 90 jours.').waitFor();
  await page.getByRole('radio', { name: 'Kolmikulma' }).check();
  await page.getByRole('button', { name: 'C’est mon carreau' }).click();
  await page.getByRole('status').filter({ hasText: 'Votre carreau a changé.' }).waitFor();
  const tile = page.locator('section', { has: page.locator('#tile-title') });
  await tile.getByText('Kolmikulma', { exact: true }).waitFor();
  const inNinetyDays = new Date(Date.now() + 90 * 86_400_000);
  const day = inNinetyDays.toLocaleDateString('fr-FR', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  await tile.getByText(new RegExp(`Modifiable de nouveau le \\p{L}+ ${day}\\.`, 'u')).waitFor();
  assert.equal(await tile.getByRole('button').count(), 0, 'it is not offered again');
  await leave(person);
});

test('the password changes: a wrong one is said at its own field, and the other devices are signed out', async () => {
  const other = 'neuf bottes sous un escalier';
  const [here, there] = [await house.somebody('theiere.bleue'), await house.somebody('theiere.bleue')];
  const { page } = here;
  await here.open('/me');
  await page.getByText('Changer de mot de passe').click();
  const [current, next] = [page.getByLabel('Mot de passe actuel'), page.getByLabel('Nouveau mot de passe')];
  await current.fill('not the password at all');
  await next.fill(other);
  await page.getByRole('button', { name: 'Prendre ce mot de passe' }).click();
  await page.locator('[aria-invalid="true"]').waitFor();
  assert.equal(await current.getAttribute('aria-invalid'), 'true');
  assert.equal(await next.getAttribute('aria-invalid'), null);
  await current.fill(PASSWORD);
  await page.getByRole('button', { name: 'Prendre ce mot de passe' }).click();
  await page.getByRole('status').filter({ hasText: 'Votre mot de passe a changé.' }).waitFor();
  await there.open('/me');
  await there.page.getByRole('heading', { level: 1, name: 'Votre session a pris fin' }).waitFor();

  const again = await house.anybody();
  await again.open('/sign-in');
  await again.page.getByLabel('Adresse de courriel').fill('theiere.bleue@example.org');
  await again.page.getByLabel('Mot de passe').fill(PASSWORD);
  await again.page.getByRole('button', { name: 'Entrer' }).click();
  await again.page.getByText('La connexion n’a pas abouti.').waitFor();
  await again.page.getByLabel('Mot de passe').fill(other);
  await again.page.getByRole('button', { name: 'Entrer' }).click();
  await again.page.locator('.notice').first().waitFor();
  await leave(here, there, again);
});

test('another name and another language are there at once and stay', async () => {
  const person = await house.somebody('tilleul');
  const { page } = person;
  await person.open('/me');
  await page.locator('#name-title').waitFor();
  const name = page.locator('section', { has: page.locator('#name-title') });
  await name.locator('input').fill('Tilleul du coin');
  await name.getByRole('button').click();
  await page.getByText('Tilleul du coin').first().waitFor();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('heading', { level: 1, name: 'Your account' }).or(page.getByRole('heading', { level: 1 })).first().waitFor();
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  await page.getByText('Tilleul du coin').first().waitFor();
  await leave(person);
});

test('devices are called in the language of the page', async () => {
  const named = async (userAgent: string): Promise<string> => {
    const person = await house.somebody('lichen', { userAgent });
    await person.open('/me');
    const name = await person.page.locator('.row', { has: person.page.locator('.state.good') }).locator('b').innerText();
    await person.close();
    return name;
  };
  const linux = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
  assert.equal(await named(linux), 'Firefox sous Linux');
  assert.equal(await named(phone), 'Safari sur iPhone');
  assert.equal(await named('curl/8.5.0'), 'Un appareil');
});

test('a device that is signed out from another one says so', async () => {
  const [here, there] = [await house.somebody('juniper'), await house.somebody('juniper')];
  await here.open('/me');
  await here.page.locator('#devices, h2').first().waitFor();
  const devices = here.page.locator('section', { has: here.page.locator('#devices') });
  await devices.getByRole('button').first().click();
  await devices.getByRole('button').waitFor({ state: 'detached' });
  await there.open('/me');
  await there.page.getByRole('heading', { level: 1, name: 'Your session is over' }).waitFor();
  await leave(here, there);
});

test('a forgotten password is chosen anew by a mailed link', async () => {
  const person = await house.anybody();
  const { page } = person;
  await person.open('/recover');
  await page.locator('input[type=email]').fill('mesange@example.org');
  await page.locator('form button[type=submit]').click();
  await page.locator('.note.good').waitFor();
  await page.goto(await house.board.mailedLink('mesange@example.org'));
  await page.locator('input[type=password]').fill('huit marches jusqu’au palier');
  await page.locator('form button[type=submit]').click();
  await page.locator('.notice').first().waitFor();
  assert.ok(!page.url().includes('token'));
  await leave(person);
});

test('one takes one’s data along, then erases everything, and nothing stays', async () => {
  const person = await house.somebody('myrtille');
  const { page } = person;
  await person.open('/me');
  const coming = page.waitForEvent('download');
  await page.locator('a[download]').click();
  const archive = readFileSync(await (await coming).path());
  assert.equal(archive.subarray(0, 2).toString(), 'PK');
  await page.getByRole('button', { name: 'Effacer mon compte…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=password]').fill('not the password at all');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('[aria-invalid="true"], .note').first().waitFor();
  await dialog.locator('input[type=password]').fill(PASSWORD);
  await dialog.locator('button[type=submit]').click();
  await page.locator('.hero').waitFor();
  await person.keepsNothing();
  await leave(person);
});
