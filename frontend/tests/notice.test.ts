// The page of a notice: what its author and its readers do there, and what is said of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { look } from './house/look.ts';
import { PASSWORD, SLUG } from './house/palier.ts';
import { putUp, title, up, write, writeEvent } from './house/writing.ts';

const house = new House();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function takeDown({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Décrocher…' }).click();
  await page.getByRole('button', { name: 'Décrocher pour de bon' }).click();
  await page.waitForURL(`**/n/${SLUG}`);
}

/** What is said to who reads by ear, as soon as it is. */
const hears = ({ page }: Person, text: string): Promise<void> =>
  page.getByRole('status').getByText(text, { exact: true }).waitFor();

const isGone = ({ page }: Person): Promise<void> =>
  page.getByRole('heading', { level: 1, name: 'Cette annonce est décrochée' }).waitFor();

test('what its author was changing when a notice went stays in sight, and becomes a new one', async () => {
  const [here, there] = [await house.somebody('mesange'), await house.somebody('mesange')];
  const { page } = here;
  await write(here, /Coup de main/, 'Porter un piano', 'Au deuxième.');
  await page.getByRole('radio', { name: 'Kolmikulma' }).check();
  await there.open(await up(here));
  await page.getByRole('button', { name: 'Retoucher' }).click();
  await page.getByRole('textbox', { name: 'Titre' }).fill('Porter un piano droit');
  await page.getByRole('textbox', { name: 'Texte' }).fill('Au deuxième, sans ascenseur.');
  await takeDown(there);
  await isGone(here);
  await page.getByText('Porter un piano droit').waitFor();
  await page.getByText('Au deuxième, sans ascenseur.').waitFor();
  await look(here);
  await page.getByRole('button', { name: 'En faire une nouvelle annonce' }).click();
  await page.waitForURL('**/new');
  assert.equal(await page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Porter un piano droit');
  assert.ok(await page.getByRole('radio', { name: /Coup de main/ }).isChecked());
  assert.ok(await page.getByRole('radio', { name: 'Kolmikulma' }).isChecked());
  await up(here);
  await page.getByRole('heading', { level: 1, name: 'Porter un piano droit' }).waitFor();
  await leave(here);
  await there.close();
});

test('a change and an answer are read while they are written, as the board will read them', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  const told = page.getByRole('status').getByText('On dirait un numéro de téléphone');
  const found = page.locator('mark.found');
  await write(person, /Question/, 'À qui est ce jouet', 'Il était devant l’école.');
  await up(person);
  await page.getByRole('button', { name: 'Retoucher' }).click();
  const text = page.getByRole('textbox', { name: 'Texte' });
  await text.fill('Appelez le 06 39 98 47 21.');
  await told.waitFor();
  await text.fill('Une famille ukrainienne le cherche.');
  await page.getByRole('status').getByText('Une personne lira d’abord').waitFor();
  await look(person);
  await page.getByRole('button', { name: 'Laisser comme avant' }).click();
  const answer = page.getByRole('textbox', { name: 'Votre réponse' });
  await answer.fill('Appelez le 06 39 98 47 21.');
  await told.waitFor();
  assert.equal(await found.innerText(), '06 39 98 47 21');
  await look(person);
  // Nobody reads an answer first.
  await answer.fill('Une famille ukrainienne le cherche.');
  await found.waitFor({ state: 'detached' });
  await leave(person);
});

/** The buttons of the page that are the first thing to do. */
const firstThings = ({ page }: Person): Promise<string[]> => page.locator('main .btn.primary').allInnerTexts();

async function retouch({ page }: Person, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Retoucher' }).click();
  await page.getByRole('textbox', { name: 'Titre' }).fill(name);
}

test('a change that its author was writing when the session ended comes back with them, until it is sent or given up', async () => {
  const author = await house.somebody('mesange');
  const { page } = author;
  await write(author, /Coup de main/, 'Arroser mes tomates', 'Une semaine.');
  const path = await up(author);
  await retouch(author, 'Arroser mes tomates vertes');
  await author.context.clearCookies();
  await page.getByRole('button', { name: 'Afficher la retouche' }).click();
  await page.getByRole('heading', { name: 'Votre session a pris fin' }).waitFor();
  await page.getByText('une réponse que vous aviez commencés sont encore sur cet appareil').waitFor();
  await page.getByRole('link', { name: 'Se connecter' }).last().click();
  await page.locator('input[type=email]').fill('mesange@example.org');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Entrer' }).click();
  await page.waitForURL(`**${path}`);
  await page.getByText('cet appareil l’avait gardée').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Arroser mes tomates vertes');
  await look(author);
  await page.getByRole('button', { name: 'Afficher la retouche' }).click();
  await page.getByRole('heading', { level: 1, name: 'Arroser mes tomates vertes' }).waitFor();
  await page.reload();
  await author.gone('"title":"Arroser mes tomates"');
  assert.equal(await page.getByRole('textbox', { name: 'Titre' }).count(), 0);

  await retouch(author, 'Arroser mes courges');
  await page.reload();
  await page.getByText('cet appareil l’avait gardée').waitFor();
  await page.getByRole('button', { name: 'Laisser comme avant' }).click();
  await author.gone('Arroser mes courges');
  await leave(author);
});

test('a public event says so when the session of its author ends, and their change waits for them', async () => {
  const author = await house.somebody('juniper');
  const { page } = author;
  await author.open('/me');
  await page.getByRole('link', { name: 'Slow coffee' }).click();
  await page.locator('.notice').getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Slow coffee and a cake');
  await author.context.clearCookies();
  await page.getByRole('button', { name: 'Put up the change' }).click();
  const said = page.locator('.note', { hasText: 'Your session is over' });
  await said.getByText('an answer you began is still on this device').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Slow coffee' }).waitFor();
  assert.deepEqual(await firstThings(author), ['Sign in']);
  await look(author);
  await said.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('input[type=email]').fill('juniper@example.org');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/post/*');
  await page.getByText('your device had kept it').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Title' }).inputValue(), 'Slow coffee and a cake');
  await leave(author);
});

test('an answer that was being written when the session ended comes back with who wrote it, until it is sent', async () => {
  const [author, reader] = [await house.somebody('mesange'), await house.somebody('lanterne')];
  const { page } = reader;
  await write(author, /Question/, 'Qui a une échelle', 'Trois mètres.');
  const path = await up(author);
  await reader.open(path);
  const field = page.getByRole('textbox', { name: 'Votre réponse' });
  const send = page.locator('form').getByRole('button', { name: 'Répondre', exact: true });
  await field.fill('Deux mètres et demi, si');
  await reader.keeps('Deux mètres et demi, si');
  await page.reload();
  await field.waitFor();
  assert.equal(await field.inputValue(), 'Deux mètres et demi, si');
  await field.fill('Deux mètres et demi, si cela suffit.');
  await reader.context.clearCookies();
  await send.click();
  await page.getByRole('heading', { name: 'Votre session a pris fin' }).waitFor();
  await page.getByRole('link', { name: 'Se connecter' }).last().click();
  await page.locator('input[type=email]').fill('lanterne@example.org');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Entrer' }).click();
  await page.waitForURL(`**${path}`);
  await field.waitFor();
  assert.equal(await field.inputValue(), 'Deux mètres et demi, si cela suffit.');
  await send.click();
  await page.locator('.comment', { hasText: 'si cela suffit.' }).waitFor();
  await reader.gone('Deux mètres et demi');
  await page.reload();
  await field.waitFor();
  assert.equal(await field.inputValue(), '');

  await field.fill('Ou un escabeau');
  await takeDown(author);
  await isGone(reader);
  await page.reload();
  await page.getByText('Ou un escabeau').waitFor();
  await page.getByRole('button', { name: 'Jeter ma réponse' }).click();
  await reader.gone('Ou un escabeau');
  await author.close();
  await leave(reader);
});

test('what somebody began for a notice goes a week after they last saw it, or when they throw it away', async () => {
  const [here, there] = [await house.somebody('mesange'), await house.somebody('mesange')];
  const { page } = here;
  const now = Date.now();
  await write(here, /Question/, 'Qui a des tuteurs', 'Pour trois rosiers.');
  const path = await up(here);
  await there.open(path);
  await page.getByRole('textbox', { name: 'Votre réponse' }).fill('Deux suffiraient');
  await retouch(here, 'Qui a des tuteurs en bois');
  await here.keeps('Deux suffiraient');
  await here.keeps('Qui a des tuteurs en bois');
  await takeDown(there);
  await isGone(here);
  await page.clock.setFixedTime(now + 6 * DAY_MS);
  await here.open(path);
  await page.getByText('Qui a des tuteurs en bois').waitFor();
  await page.getByText('Deux suffiraient').waitFor();
  await page.clock.setFixedTime(now + 12 * DAY_MS);
  await here.open('/me');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await here.keeps('Deux suffiraient');
  await here.open(path);
  await page.getByRole('button', { name: 'Jeter mon texte' }).click();
  await here.gone('Qui a des tuteurs en bois');
  await here.keeps('Deux suffiraient');
  await page.clock.setFixedTime(now + 20 * DAY_MS);
  await here.open('/me');
  await here.gone('Deux suffiraient');
  await there.close();
  await leave(here);
});

test('who takes their notice down takes what they began for it along', async () => {
  const author = await house.somebody('mesange');
  await write(author, /Question/, 'Qui a un arrosoir', 'Dix litres.');
  await up(author);
  await author.page.getByRole('textbox', { name: 'Votre réponse' }).fill('Même percé');
  await author.keeps('Même percé');
  await takeDown(author);
  await author.gone('Même percé');
  await leave(author);
});

test('a page of one’s own notice has one thing to do first, in each of its states', async () => {
  const author = await house.somebody('mesange');
  const { page } = author;
  await write(author, /Question/, 'Qui a un diable', 'Pour une commode.');
  await up(author);
  assert.deepEqual(await firstThings(author), ['C’est réglé']);
  await page.getByRole('textbox', { name: 'Votre réponse' }).fill('Trouvé au');
  await page.getByRole('button', { name: 'Retoucher' }).click();
  assert.deepEqual(await firstThings(author), ['Afficher la retouche']);
  await page.getByRole('button', { name: 'Laisser comme avant' }).click();
  assert.equal(await page.getByRole('textbox', { name: 'Votre réponse' }).inputValue(), 'Trouvé au');
  await leave(author);
});

test('a text that outlived its notice takes the place of a draft only when its author says so', async () => {
  const author = await house.somebody('tilleul');
  const { page } = author;
  await author.page.clock.install();
  await writeEvent(author, 'Lecture au jardin');
  const path = await up(author);
  await write(author, /Question/, 'Un autre mot', 'Déjà commencé.');
  await author.open(path);
  await page.getByRole('button', { name: 'Retoucher' }).click();
  await look(author);
  await page.getByRole('textbox', { name: 'Titre' }).fill('Lecture sous l’auvent');
  await page.clock.fastForward(5 * DAY_MS);
  await isGone(author);
  await page.getByText('Lecture sous l’auvent').waitFor();
  await page.getByRole('button', { name: 'En faire une nouvelle annonce…' }).click();
  await page.getByRole('button', { name: 'Garder le brouillon' }).click();
  assert.equal(new URL(page.url()).pathname, path);
  await page.getByRole('button', { name: 'En faire une nouvelle annonce…' }).click();
  await page.getByRole('button', { name: 'Le remplacer' }).click();
  await page.waitForURL('**/new');
  assert.equal(await page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Lecture sous l’auvent');
  assert.equal(await page.getByRole('textbox', { name: 'Lieu' }).inputValue(), 'La cour');
  await leave(author);
});

test('who reads by ear hears of new answers, not at every key, and that the notice is gone; what they wrote stays', async () => {
  const [author, first, second] = [await house.somebody('mesange'), await house.somebody('myrtille'), await house.somebody('lanterne')];
  const { page } = author;
  await write(author, /Question/, 'Qui a une perceuse', 'Pour dix minutes.');
  const path = await up(author);
  for (const person of [first, second]) await person.open(path);
  const answer = async (person: Person, text: string): Promise<void> => {
    await person.page.getByRole('textbox', { name: 'Votre réponse' }).fill(text);
    await person.page.locator('form').getByRole('button', { name: 'Répondre', exact: true }).click();
  };
  await answer(first, 'Moi, le soir.');
  await hears(author, 'Une nouvelle réponse.');
  const said = await page.evaluateHandle(() => {
    const heard: string[] = [];
    for (const region of document.querySelectorAll('[role=status]')) {
      new MutationObserver(() => heard.push(region.textContent)).observe(region, { characterData: true, childList: true, subtree: true });
    }
    return heard;
  });
  await page.getByRole('textbox', { name: 'Votre réponse' }).pressSequentially('Merci, à ce soir.');
  assert.deepEqual(await said.jsonValue(), []);
  await answer(second, 'Moi aussi.');
  await hears(author, '2 nouvelles réponses.');
  await page.locator('form').getByRole('button', { name: 'Répondre', exact: true }).click();
  await page.locator('.comment', { hasText: 'Merci, à ce soir.' }).waitFor();
  assert.equal(await page.getByText('2 nouvelles réponses.').count(), 0, 'they were read');

  await first.page.getByRole('textbox', { name: 'Votre réponse' }).fill('Je la pose chez');
  await takeDown(author);
  await isGone(first);
  await hears(first, 'Cette annonce est décrochée');
  await first.page.getByText('Je la pose chez').waitFor();
  await look(first);
  for (const person of [author, first, second]) await person.close();
});

test('a notice goes from its open page at its end, and an event that is over says so', async () => {
  const [author, reader] = [await house.somebody('mesange'), await house.anybody()];
  const { page } = reader;
  await page.clock.install();
  await reader.signIn('myrtille@example.org');
  await write(author, /Danger/, 'Verglas devant la fontaine', 'Jusqu’au dégel.');
  await reader.open(await up(author));
  const heading = page.getByRole('heading', { level: 1, name: 'Verglas devant la fontaine' });
  await heading.waitFor();
  await page.clock.fastForward(2 * DAY_MS);
  assert.equal(await heading.count(), 1, 'its time is not over');
  await page.clock.fastForward(2 * DAY_MS);
  await isGone(reader);
  await hears(reader, 'Cette annonce est décrochée');
  await reader.close();

  const guest = await house.anybody();
  await guest.page.clock.install();
  await guest.signIn('myrtille@example.org');
  await writeEvent(author, 'Une tisane vite bue');
  await guest.open(await up(author));
  await guest.page.getByRole('button', { name: 'Je viens', exact: true }).waitFor();
  // It lasts two hours, and comes down a day later.
  const start = Date.parse((await guest.page.locator('.when time').getAttribute('datetime')) ?? '');
  const now = await guest.page.evaluate(() => Date.now());
  await guest.page.clock.fastForward(start + 14 * HOUR_MS - now);
  await guest.page.getByText('L’événement est passé').waitFor();
  assert.equal(await guest.page.getByRole('button', { name: 'Je viens', exact: true }).count(), 0);
  await guest.close();
  await author.close();
});

test('an answer is withdrawn only after a question, and may stay', async () => {
  const [author, reader] = [await house.somebody('mesange'), await house.somebody('myrtille')];
  const { page } = reader;
  await write(author, /Question/, 'Qui connaît une couturière', 'Pour un ourlet.');
  await reader.open(await up(author));
  await page.getByRole('textbox', { name: 'Votre réponse' }).fill('Au-dessus du café.');
  assert.equal(await page.locator('main .btn.primary').count(), 1, 'one button is the first one');
  await page.locator('form').getByRole('button', { name: 'Répondre', exact: true }).click();
  await page.getByRole('button', { name: 'Retirer ma réponse…' }).click();
  await look(reader);
  await page.getByRole('button', { name: 'La laisser' }).click();
  await page.locator('.comment', { hasText: 'Au-dessus du café.' }).waitFor();
  await page.getByRole('button', { name: 'Retirer ma réponse…' }).click();
  await page.getByRole('button', { name: 'Retirer pour de bon' }).click();
  await page.getByText('Pas encore de réponse.').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await author.close();
  await reader.close();
});

test('that a notice is up is said until its author does something with it', async () => {
  const author = await house.somebody('mesange');
  const { page } = author;
  await write(author, /Question/, 'À quelle heure passe la benne', 'Le jeudi ?');
  await putUp(author);
  await page.getByText('Affichée.').waitFor();
  await page.getByRole('button', { name: 'Retoucher' }).click();
  assert.equal(await page.getByText('Affichée.').count(), 0);
  await page.getByRole('button', { name: 'Laisser comme avant' }).click();
  await page.getByRole('button', { name: 'C’est réglé' }).click();
  await page.locator('.state', { hasText: 'C’est réglé' }).waitFor();
  assert.equal(await page.getByText('Affichée.').count(), 0);
  await author.close();
});

test('that a notice is up is not said again when its page is loaded again', async () => {
  const author = await house.somebody('mesange');
  const { page } = author;
  await write(author, /Question/, 'Où trouver du terreau', 'Pour un balcon.');
  await putUp(author);
  await page.getByText('Affichée.').waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Où trouver du terreau' }).waitFor();
  assert.equal(await page.getByText('Affichée.').count(), 0);
  await author.close();
});

test('of a notice that is signed with no name one can hide it alone', async () => {
  const [author, reader] = [await house.somebody('mesange'), await house.somebody('myrtille')];
  await write(author, /Question/, 'Un mot sans nom', 'De quelqu’un d’ici.');
  await author.page.getByRole('radio', { name: /un voisin/ }).check();
  await putUp(author);
  await author.page.getByText('Affichée.').waitFor();
  await title(reader, 'Un mot sans nom').getByRole('link').click();
  await reader.page.getByText('Ne plus voir ceci').click();
  await reader.page.getByRole('button', { name: 'Masquer cette annonce' }).waitFor();
  assert.equal(await reader.page.getByRole('button', { name: /Masquer tout/ }).count(), 0);
  await author.close();
  await reader.close();
});

test('on a phone the chips fade where they go on, each can be reached, and no keys are told of', async () => {
  const person = await house.somebody('myrtille', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const { page } = person;
  const chips = page.locator('.chips.scroll');
  assert.match(await chips.evaluate((list) => getComputedStyle(list).maskImage), /gradient/);
  const last = chips.getByRole('link').last();
  await last.focus();
  const [list, chip] = [await chips.boundingBox(), await last.boundingBox()];
  // Chips have fractions of a pixel, and a list is scrolled by whole ones.
  assert.ok(list && chip && Math.floor(chip.x + chip.width) <= list.x + list.width - 48, 'the last one stands before the fading');
  assert.ok(await page.locator('.keys').isHidden());
  await person.close();
});
