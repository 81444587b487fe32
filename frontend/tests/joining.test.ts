// Joining without anybody's code: an account alone, two neighbours who vouch, a postcard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { OWN_PASSWORD } from './house/joining.ts';
import { press, type } from './house/keyboard.ts';
import { look } from './house/look.ts';
import { CONSOLE } from './house/moderating.ts';
import { SLUG } from './house/palier.ts';

const house = new House();

const ADDRESS = ['Nadia Plume', '7 rue du Lavoir', '00100 Kallio'] as const;

/** Opens an account without a code, by mouse and in English; ends on the page with the ways in. */
async function openAccount(person: Person, email: string): Promise<void> {
  const { page } = person;
  await person.open('/join/account');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(OWN_PASSWORD);
  await page.getByRole('button', { name: 'Open my account' }).click();
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  await page.goto(await house.board.mailedLink(email));
  await page.getByRole('button', { name: 'Yes, open my account' }).click();
  await page.waitForURL('**/join');
}

/** Looks at who asks, by the code that was shown, and in French. */
async function lookAt({ page }: Person, code: string): Promise<void> {
  await page.getByLabel('Le code qu’on vous a montré').fill(code);
  await page.getByRole('button', { name: 'Voir qui demande' }).click();
}

test('somebody without a code opens an account, and two neighbours who were shown a code vouch', async (t) => {
  const newcomer = await house.anybody();
  const { page } = newcomer;
  let code = '';

  await t.test('by keyboard: an account alone, which is a member nowhere and says so', async () => {
    await newcomer.open('/');
    await press(newcomer, page.getByRole('link', { name: 'Ouvrir un compte sans code' }), 'Enter');
    await page.waitForURL('**/join/account');
    await look(newcomer);
    await type(newcomer, 'Adresse de courriel', 'plume@example.org');
    await type(newcomer, 'Mot de passe', OWN_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Regardez votre courriel' }).waitFor();
    await look(newcomer);
    await page.goto(await house.board.mailedLink('plume@example.org'));
    await press(newcomer, page.getByRole('button', { name: 'Oui, ouvrir mon compte' }), 'Enter');
    await page.waitForURL('**/join');
    await page.getByRole('heading', { name: 'Avec un code' }).waitFor();
    await look(newcomer);
    await newcomer.open('/me');
    await page.getByText('Vous n’êtes encore membre d’aucun quartier.').waitFor();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    await look(newcomer);
    for (const path of ['/', '/new', '/new/facts']) {
      await newcomer.open(path);
      await page.waitForURL('**/join');
    }
  });

  await t.test('a name gives the code, once; one that is taken says so at its field', async () => {
    await press(newcomer, page.getByRole('link', { name: 'Demander à des voisins' }), 'Enter');
    await page.waitForURL('**/join/vouches');
    await type(newcomer, 'Nom de palier', 'Myrtille');
    await look(newcomer);
    await page.keyboard.press('Enter');
    const name = page.getByLabel('Nom de palier');
    await name.and(page.locator('[aria-invalid="true"]')).waitFor();
    assert.ok(await name.evaluate((field) => field === document.activeElement));
    await type(newcomer, 'Nom de palier', 'Plume');
    await page.keyboard.press('Enter');
    code = (await page.locator('p.code').innerText()).trim();
    await look(newcomer);
    await press(newcomer, page.getByRole('link', { name: 'Retour aux façons d’entrer' }), 'Enter');
    await page.getByText('0 garant sur deux').waitFor();
    assert.equal(await page.getByText(code).count(), 0, 'it is shown once');
    await look(newcomer);
  });

  await t.test('who was not here for thirty days is told from when on, and who is sees a name and nothing else', async () => {
    const young = await house.somebody('paper.boat', { locale: 'en-GB' });
    await young.open('/me');
    await young.page.getByText('Members vouch after thirty days.').waitFor();
    const first = await house.somebody('lichen');
    await first.open('/me');
    await lookAt(first, 'AAAAA-AAAAAA');
    await first.page.getByText('Ce code n’ouvre rien').waitFor();
    await look(first);
    await type(first, 'Le code qu’on vous a montré', code);
    await first.page.keyboard.press('Enter');
    await first.page.getByText('« Plume » demande à rejoindre').waitFor();
    await look(first);
    await press(first, first.page.getByRole('button', { name: 'Je me porte garant' }), 'Enter');
    await first.page.getByText('Vous vous êtes porté garant de « Plume ».').waitFor();
    await look(first);
    await first.page.reload();
    await press(first, first.page.getByRole('button', { name: 'Retirer ma garantie : Plume' }), 'Enter');
    await first.page.getByText('Vous n’êtes plus garant de « Plume ».').waitFor();
    await leave(young, first);
  });

  await t.test('with the second the asker is a member, and finds the board', async () => {
    for (const [at, who] of ['myrtille', 'mesange'].entries()) {
      const member = await house.somebody(who);
      await member.open('/me');
      await lookAt(member, code);
      await member.page.getByRole('button', { name: 'Je me porte garant' }).click();
      await member.page.getByText(at === 0 ? 'Il en faut encore un.' : '« Plume » est membre maintenant.').waitFor();
      await leave(member);
      if (at > 0) continue;
      await page.evaluate(() => dispatchEvent(new Event('focus')));
      await page.getByText('1 garant sur deux').waitFor();
    }
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.getByText('Vous êtes membre de :').waitFor();
    await look(newcomer);
    await press(newcomer, page.getByRole('main').getByRole('link', { name: /^Kallio/ }), 'Enter');
    await page.waitForURL(`**/n/${SLUG}`);
    await page.locator('.notice').first().waitFor();
  });

  await t.test('by keyboard who vouched says that they no longer do, in two presses, and is told what follows and what does not', async () => {
    const vouched = await house.somebody('mesange');
    await vouched.open('/me');
    await press(vouched, vouched.page.getByRole('button', { name: 'Je ne réponds plus d’un membre' }), 'Enter');
    await vouched.page.getByText('Vous n’excluez personne').waitFor();
    const name = vouched.page.getByLabel('Son nom de palier');
    assert.ok(await name.evaluate((field) => field === document.activeElement));
    await vouched.page.keyboard.type('Plume');
    await vouched.page.keyboard.press('Enter');
    await vouched.page.locator('[role=radiogroup][aria-invalid="true"]').waitFor();
    await look(vouched);
    await press(vouched, vouched.page.getByRole('radio', { name: 'Cette personne n’habite pas ici.' }), 'Space');
    await press(vouched, vouched.page.getByRole('button', { name: 'Le dire à la modération' }), 'Enter');
    await vouched.page.getByText('C’est transmis').waitFor();
    await vouched.page.getByText('Si vous répondiez de « Plume »').waitFor();
    await look(vouched);
    await leave(vouched);
  });

  await t.test('who did not stand for them is answered the same, and nobody looks for that', async () => {
    const other = await house.somebody('juniper', { locale: 'en-GB' });
    await other.open('/me');
    await other.page.getByRole('button', { name: 'I no longer stand for a member' }).click();
    await other.page.getByLabel('Their name on the landing').fill('Plume');
    await other.page.getByRole('radio', { name: 'My code came into other hands.' }).check();
    await look(other);
    await other.page.getByRole('button', { name: 'Tell moderators' }).click();
    await other.page.getByText('If you stood for “Plume” less than a year ago, moderators look.').waitFor();
    await look(other);
    const moderator = await house.somebody('lanterne');
    await moderator.open(`${CONSOLE}/members`);
    const doubted = moderator.page.getByRole('region', { name: 'Plume' });
    await doubted.getByText('N’habite pas ici.').waitFor();
    assert.equal(await doubted.getByText('Le code est passé en d’autres mains.').count(), 0);
    await page.reload();
    await page.locator('.notice').first().waitFor();
    await leave(other, moderator);
  });
  await leave(newcomer);
});

test('a postcard is asked for to an address that goes when it is posted; its code is asked for then', async (t) => {
  const asker = await house.anybody({ locale: 'en-GB' });
  const { page } = asker;
  await openAccount(asker, 'nadia@example.org');

  await t.test('an address is as on an envelope, and who reads it and until when it is kept is said before it is sent', async () => {
    await press(asker, page.getByRole('link', { name: 'Ask for a postcard' }), 'Enter');
    await page.waitForURL('**/join/postcard');
    await page.getByText('It is erased as soon as the card is posted').waitFor();
    const address = page.getByLabel('Your address, as on an envelope');
    await address.fill([...ADDRESS, 'one', 'too many'].join('\n'));
    await press(asker, page.getByRole('button', { name: 'Ask for the card' }), 'Enter');
    await page.getByText('1 to 4 lines of at most 60 characters').waitFor();
    assert.ok(await address.evaluate((field) => field === document.activeElement));
    await look(asker);
    await address.fill(ADDRESS.join('\n'));
    await press(asker, page.getByRole('button', { name: 'Ask for the card' }), 'Enter');
    await page.getByText('The card is asked for').waitFor();
    await look(asker);
    await asker.gone('rue du Lavoir');
  });

  await t.test('it waits, is withdrawn, and asked for again; a second one is refused and says what to do', async () => {
    await press(asker, page.getByRole('link', { name: 'Back to the ways of joining' }), 'Enter');
    await page.getByText('The postcard waits to be posted').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Ask for a postcard' }).count(), 0, 'one at a time');
    await look(asker);
    await press(asker, page.getByRole('button', { name: /^Ask for nothing here any more/ }), 'Enter');
    await page.getByText('Nothing of it remains').waitFor();
    for (const said of ['The card is asked for', 'A postcard is under way to you already.']) {
      await asker.open('/join/postcard');
      await page.getByLabel('Your address, as on an envelope').fill(ADDRESS.join('\n'));
      await page.getByRole('button', { name: 'Ask for the card' }).click();
      await page.getByText(said).waitFor();
    }
    await look(asker);
  });

  let written = '';
  await t.test('a moderator opens the addresses when they mean to print them, and marks the card as posted', async () => {
    const moderator = await house.somebody('lanterne');
    const desk = moderator.page;
    await moderator.open(`${CONSOLE}/postcards`);
    assert.equal(await desk.getByText(ADDRESS[1]).count(), 0, 'looking leaves a record: nothing is looked at unasked');
    await look(moderator);
    await press(moderator, desk.getByRole('button', { name: 'Voir les cartes' }), 'Enter');
    await desk.locator('address').getByText(ADDRESS[1]).waitFor();
    await look(moderator);
    await desk.emulateMedia({ media: 'print' });
    const card = desk.locator('.postcard');
    await card.locator('.to').getByText(ADDRESS[0]).waitFor();
    written = (await card.locator('.code').innerText()).trim();
    for (const hidden of ['.bar', 'nav', 'h1', '.panel']) assert.ok(!(await desk.locator(hidden).first().isVisible()), hidden);
    const sheet = (await desk.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(sheet.match(/\/Type \/Page\b/g)?.length, 1, 'up to four cards are one sheet');
    await desk.emulateMedia({ media: null });
    await press(moderator, desk.getByRole('button', { name: 'C’est posté : effacer l’adresse' }), 'Enter');
    await desk.getByText('L’adresse est effacée, et le code de la carte est valable trente jours.').waitFor();
    assert.equal(await desk.getByText(ADDRESS[1]).count(), 0);
    await look(moderator);
    await leave(moderator);
  });

  await t.test('posted, it asks for its code and a name, and says of a wrong one that it opens nothing', async () => {
    await asker.open('/join');
    await page.getByText('The postcard is posted').waitFor();
    await look(asker);
    await type(asker, 'Code on the postcard', 'AAAAA-AAAAAA');
    await type(asker, 'Name on the landing', 'Nadia’s Kite');
    await page.keyboard.press('Enter');
    const code = page.getByLabel('Code on the postcard');
    await code.and(page.locator('[aria-invalid="true"]')).waitFor();
    assert.ok(await code.evaluate((field) => field === document.activeElement));
    await look(asker);
    await type(asker, 'Code on the postcard', written);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/n/${SLUG}`);
    await page.locator('.notice').first().waitFor();
  });

  await t.test('a moderator finds the member by how the name begins, and the member sees that one looked', async () => {
    const moderator = await house.somebody('lanterne');
    await moderator.open(`${CONSOLE}/members`);
    await type(moderator, 'Le pseudonyme commence par', 'nad');
    await moderator.page.keyboard.press('Enter');
    await moderator.page.getByRole('heading', { name: 'Nadia’s Kite' }).waitFor();
    await moderator.page.getByText('par une carte postale').waitFor();
    await look(moderator);
    await moderator.open(`${CONSOLE}/audit`);
    await moderator.page.getByRole('table', { name: 'Les douze derniers mois' }).waitFor();
    await look(moderator);
    await leave(moderator);
    await asker.open('/me');
    await page.getByText('A moderator looked up your name on the landing among the members.').waitFor();
  });
  await leave(asker);
});
