// The whole way of one notice, between two browsers and a real board.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { codeFrom, joinWith } from './house/joining.ts';
import { release } from './house/moderating.ts';
import { PASSWORD, SLUG } from './house/palier.ts';
import { putUp, title, write } from './house/writing.ts';

const house = new House();

const PHOTO = readFileSync(new URL('./photo/astronaut.jpg', import.meta.url));

/** Chooses a photo for what is being written, covers the face that is found in it, and sends it. */
async function addPhoto({ page }: Person): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: PHOTO });
  await page.getByRole('button', { name: 'Masquer le visage 1' }).press('Enter');
  await page.getByRole('button', { name: 'Envoyer la photo' }).click();
  await page.getByRole('group', { name: 'Envoyée' }).waitFor();
}

test('a neighbour joins with a code, publishes, is answered live, settles it, and takes it down', async (t) => {
  const myrtille = await house.somebody('myrtille');
  const code = await codeFrom(myrtille);

  const newcomer = await house.anybody();
  await t.test('the code opens the neighbourhood, and a mail confirms the address', async () => {
    const { page } = newcomer;
    await joinWith(newcomer, house.board, code, 'nouvelle@example.org');
    assert.equal(new URL(page.url()).pathname, `/n/${SLUG}`);
    assert.ok(!page.url().includes('token'), 'the token does not stay in the address');
    await page.locator('.notice').first().waitFor();
  });

  await t.test('a newcomer’s notice waits for a reader, and a moderator puts it up before others’ eyes', async () => {
    await write(newcomer, /Coup de main/, 'Qui garde un chat en août', 'Deux semaines, il dort beaucoup.');
    await putUp(newcomer);
    await newcomer.page.getByText('Reçue, pas encore affichée.').waitFor();
    await myrtille.open(`/n/${SLUG}`);
    await myrtille.page.locator('.notice').first().waitFor();
    const lanterne = await house.somebody('lanterne');
    await release(lanterne, 'Deux semaines, il dort beaucoup');
    await title(myrtille, 'Qui garde un chat en août').waitFor();
    await leave(lanterne);
  });

  const mesange = await house.somebody('mesange');
  await t.test('what somebody puts up hangs before a neighbour who reads at the top, at once, with its photo', async () => {
    await write(mesange, /Perdu, trouvé/, 'Trouvé un casque bleu', 'Sur le muret, un soir de pluie.');
    await addPhoto(mesange);
    await putUp(mesange);
    await mesange.page.getByText('Affichée.').waitFor();
    await title(myrtille, 'Trouvé un casque bleu').waitFor();
    const photo = myrtille.page.locator('.notice', { hasText: 'Trouvé un casque bleu' }).locator('.photo img');
    await photo.evaluate((image: HTMLImageElement) => image.decode());
  });

  await t.test('further down nothing moves: a bar says how many arrived', async () => {
    const { page } = myrtille;
    await page.evaluate(() => scrollTo(0, 2000));
    const read = page.locator('.notice').nth(6);
    const before = (await read.boundingBox())?.y;
    await write(mesange, /Question/, 'Qui répare les vélos', 'Un dérailleur tordu, rien d’urgent.');
    await putUp(mesange);
    await page.getByRole('button', { name: 'Une annonce de plus : la montrer' }).waitFor();
    assert.equal((await read.boundingBox())?.y, before, 'what is being read stays where it is');
    assert.equal(await title(myrtille, 'Qui répare les vélos').count(), 0);
    await page.getByRole('button', { name: 'Une annonce de plus : la montrer' }).click();
    await title(myrtille, 'Qui répare les vélos').waitFor();
    assert.equal(await page.evaluate(() => scrollY), 0);
  });

  await t.test('an answer arrives below the notice before whoever reads it; settled, it takes no more', async () => {
    const { page } = myrtille;
    await title(myrtille, 'Trouvé un casque bleu').getByRole('link').click();
    await page.waitForURL('**/post/*');
    await mesange.open(new URL(page.url()).pathname);
    await mesange.page.getByText('Pas encore de réponse.').waitFor();
    await page.getByRole('textbox', { name: 'Votre réponse' }).fill('C’est le mien, merci.');
    await page.getByRole('button', { name: 'Répondre', exact: true }).click();
    await page.locator('.comment', { hasText: 'C’est le mien' }).waitFor();
    await mesange.page.locator('.comment', { hasText: 'C’est le mien' }).waitFor();
    await mesange.page.getByRole('button', { name: 'C’est réglé' }).click();
    await page.locator('.state', { hasText: 'C’est réglé' }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Votre réponse' }).count(), 0);
    await mesange.page.locator('.state', { hasText: 'C’est réglé' }).waitFor();
    await mesange.page.getByText('Cette annonce ne prend pas de réponses').or(mesange.page.locator('.comment')).first().waitFor();
    assert.equal(await mesange.page.getByRole('textbox', { name: 'Votre réponse' }).count(), 0);
  });

  await t.test('taken down, it goes from every screen and from every device', async () => {
    await myrtille.open(`/n/${SLUG}`);
    await title(myrtille, 'Trouvé un casque bleu').waitFor();
    await mesange.page.getByRole('button', { name: 'Décrocher…' }).click();
    await mesange.page.getByRole('button', { name: 'Décrocher pour de bon' }).click();
    await mesange.page.waitForURL(`**/n/${SLUG}`);
    await title(myrtille, 'Trouvé un casque bleu').waitFor({ state: 'detached' });
    await assert.doesNotReject(myrtille.gone('Trouvé un casque bleu'), 'no copy stays on the device');
  });

  await leave(myrtille, mesange, newcomer);
});

test('a code that opens nothing says why and what to do', async () => {
  const person = await house.anybody();
  await person.open('/join');
  await person.page.getByLabel('Code d’invitation').waitFor();
  await person.open('/join#code=AAAA-BBBB-CCC');
  const field = person.page.getByLabel('Code d’invitation');
  await person.page.getByText('Vérifiez-le, ou demandez-en un autre').waitFor();
  assert.equal(await field.inputValue(), 'AAAA-BBBB-CCC', 'it can be mended where it is wrong');
  await person.page.getByRole('button', { name: 'Continuer' }).click();
  await person.page.getByText('Vérifiez-le, ou demandez-en un autre').waitFor();
  await field.fill('AAAA-BBBB-CCD');
  await person.page.getByRole('button', { name: 'Continuer' }).click();
  await person.page.waitForURL('**/join#code=AAAA-BBBB-CCD');
  await leave(person);
});

test('a wrong password keeps the address and says so', async () => {
  const person = await house.anybody();
  await person.open('/sign-in');
  await person.page.getByLabel('Adresse de courriel').fill('mesange@example.org');
  await person.page.getByLabel('Mot de passe').fill('not the password at all');
  await person.page.getByRole('button', { name: 'Entrer' }).click();
  await person.page.locator('.note, .error').first().waitFor();
  assert.equal(await person.page.getByLabel('Adresse de courriel').inputValue(), 'mesange@example.org');
  await leave(person);
});

test('a refused text says where; the field has the focus and the text is still there', async () => {
  const person = await house.somebody('tilleul');
  await write(person, /Question/, 'Un mot\u202Eà l’envers', 'Le texte reste.');
  await putUp(person);
  await person.page.locator('[aria-invalid="true"]').first().waitFor();
  assert.equal(await person.page.getByRole('textbox', { name: 'Titre' }).getAttribute('aria-invalid'), 'true');
  assert.equal(await person.page.getByRole('textbox', { name: 'Texte' }).inputValue(), 'Le texte reste.');
  await leave(person);
});

test('a session that ends keeps the draft and what was hidden, forgets what was read, and says what to do', async () => {
  const person = await house.somebody('tilleul');
  const hidden = (await person.page.locator('.notice-title').first().innerText()).trim();
  await title(person, hidden).getByRole('link').click();
  await person.page.getByText('Ne plus voir ceci').click();
  await person.page.getByRole('button', { name: 'Masquer cette annonce' }).click();
  await person.page.waitForURL(`**/n/${SLUG}`);
  await write(person, /Question/, 'Une phrase commencée', 'Pas encore finie.');
  await person.context.clearCookies();
  await putUp(person);
  await person.page.getByRole('heading', { name: 'Votre session a pris fin' }).waitFor();
  const kept = await person.kept();
  assert.ok(kept.includes('Une phrase commencée'));
  assert.ok(!kept.includes('changesCursor'));
  await person.page.getByText('Un brouillon, une retouche ou une réponse que vous aviez commencés sont encore sur cet appareil.').waitFor();

  await person.page.getByRole('link', { name: 'Se connecter' }).last().click();
  await person.page.locator('input[type=email]').fill('tilleul@example.org');
  await person.page.locator('input[type=password]').fill(PASSWORD);
  await person.page.getByRole('button', { name: 'Entrer' }).click();
  await person.page.waitForURL('**/new');
  assert.equal(await person.page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Une phrase commencée');
  await person.open(`/n/${SLUG}`);
  await person.page.locator('.notice').first().waitFor();
  assert.equal(await title(person, hidden).count(), 0, 'what was hidden stays hidden');
  await person.close();
});
