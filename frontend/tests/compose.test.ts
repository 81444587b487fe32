// What the form of a notice says before it is sent is what the board says once it is up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, leave } from './house/home.ts';
import { look } from './house/look.ts';
import { putUp, write } from './house/writing.ts';

const house = new House();

/** A day as every sentence has it: "7 décembre", "1er décembre". */
const dayIn = (sentence: string): string | undefined => /\d+(?:er)? \p{L}+/u.exec(sentence)?.[0];

for (const days of ['7', '14', '30']) {
  test(`the day on which it comes down is one in the form, the preview and on the board: ${days} days`, async () => {
    const person = await house.somebody('mesange');
    const { page } = person;
    await write(person, /Coup de main/, `Un coup de main de ${days} jours`, 'Porter une table au troisième.');
    const choice = page.getByRole('combobox', { name: 'Se décroche' });
    await choice.selectOption(days);
    const said = dayIn(await choice.locator(`option[value="${days}"]`).innerText());
    assert.ok(said);
    assert.equal(dayIn(await page.locator('.side .notice-foot').innerText()), said);
    await putUp(person);
    assert.equal(dayIn(await page.getByText(/^Elle se décroche/).innerText()), said);
    await leave(person);
  });
}

test('a question is previewed on the wider tile on which it hangs, and the form says so', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await write(person, /Donner, prêter/, 'Qui connaît un luthier', 'Une corde est cassée.');
  await page.getByRole('radio', { name: 'Senaatintori' }).check();
  const preview = page.locator('.side .notice-top');
  assert.match(await preview.innerText(), /Senaatintori/);
  await page.getByRole('radio', { name: /Question/ }).check();
  await page.getByRole('status').filter({ hasText: 'sera affichée sur « Kluuvi »' }).waitFor();
  assert.match(await preview.innerText(), /Kluuvi/);
  await putUp(person);
  await page.getByText('Affichée.').waitFor();
  assert.match(await page.locator('.notice-top').innerText(), /Kluuvi/);
  await leave(person);
});

test('without a category, and for an event without its times, the preview says what is missing', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await person.open('/new');
  await page.getByText('Dites d’abord de quoi il s’agit.').waitFor();
  assert.equal(await page.locator('.side .notice').count(), 0);
  await page.getByRole('radio', { name: /Événement/ }).check();
  await page.getByText('Donnez le début et la fin.').waitFor();
  await page.getByLabel('Début').fill('2030-05-01T18:00');
  await page.getByLabel('Début').blur();
  await page.locator('.side .date-tile').waitFor();
  await leave(person);
});

test('what is found in a text is shown where it stands: it is changed, or a person is asked to read it', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await write(person, /Question/, 'Un numéro sur un jouet', 'Il dit « 06 39 98 47 21 », qui le reconnaît ?');
  await putUp(person);
  assert.equal(await page.locator('mark.found').innerText(), '06 39 98 47 21');
  const text = page.getByRole('textbox', { name: 'Texte' });
  assert.equal(await text.getAttribute('aria-invalid'), 'true');
  assert.ok(await text.evaluate((field) => field === document.activeElement));
  await look(person);
  await page.getByRole('button', { name: 'Demander à une personne de lire' }).click();
  await page.getByText('Reçue, pas encore affichée.').waitFor();
  await leave(person);
});

test('what would be found is shown while it is written, until it is changed, and stops nobody', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
  await write(person, /Question/, 'Un numéro sur un jouet', 'Il dit « 06 39 98 47 21 », qui le reconnaît ?');
  const told = page.getByRole('status').getByText('On dirait un numéro de téléphone');
  await told.waitFor();
  assert.equal(await page.locator('mark.found').innerText(), '06 39 98 47 21');
  const text = page.getByRole('textbox', { name: 'Texte' });
  assert.equal(await text.getAttribute('aria-invalid'), null);
  const described = (await text.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const said = await Promise.all(described.map((id) => page.locator(`[id="${id}"]`).innerText()));
  assert.match(said.join(' '), /On dirait un numéro de téléphone/);
  assert.ok(!asked.some((request) => request.includes('06 39')));
  await look(person);
  await text.fill('Il dit un numéro, qui le reconnaît ?');
  await told.waitFor({ state: 'detached' });
  assert.equal(await page.locator('mark.found').count(), 0);
  await text.fill('Il dit « 06 39 98 47 21 », qui le reconnaît ?');
  await told.waitFor();
  await putUp(person);
  await page.getByRole('button', { name: 'Demander à une personne de lire' }).waitFor();
  assert.equal(await page.getByText('On dirait un numéro de téléphone').count(), 1, 'it is said once');
  await text.fill('Il dit un numéro.');
  await page.waitForFunction(() => !document.querySelector('[aria-invalid="true"]'));
  await leave(person);
});

test('what a person would read first is told kindly, wherever it is written', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await write(person, /Événement/, 'Un repas de quartier', 'Une famille ukrainienne nous invite.');
  await page.getByRole('textbox', { name: 'Lieu' }).fill('Le préau');
  await page.getByRole('radio', { name: /Coup de main/ }).check();
  await page.getByRole('status').getByText('Une personne lira d’abord').waitFor();
  assert.equal(await page.locator('mark.found').innerText(), 'Une famille ukrainienne');
  await look(person);
  await page.getByRole('radio', { name: /Événement/ }).check();
  await page.locator('mark.found').waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Lieu' }).fill('47.21837, -1.55362');
  await page.getByRole('status').getByText('On dirait un point exact sur une carte').waitFor();
  await leave(person);
});

test('the same in English', async () => {
  const person = await house.somebody('juniper', { locale: 'en-GB' });
  const { page } = person;
  await person.open('/new');
  await page.getByRole('radio', { name: /Question/ }).check();
  await page.getByRole('textbox', { name: 'Text' }).fill('Whose number is this, 07700 900182?');
  await page.getByRole('status').getByText('This looks like a phone number').waitFor();
  assert.equal(await page.locator('mark.found').innerText(), '07700 900182');
  await page.getByRole('textbox', { name: 'Text' }).fill('Whose number is this?');
  await page.locator('mark.found').waitFor({ state: 'detached' });
  await leave(person);
});

test('another tile than home signs as a neighbour: it is announced with why, and can be decided otherwise', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await write(person, /Coup de main/, 'Une échelle pour samedi', 'Pour repeindre une cage d’escalier.');
  const announced = page.getByRole('status').filter({ hasText: 'votre nom sur plusieurs carreaux dirait où vous passez' });
  const signed = page.locator('.side .notice-foot b');
  assert.equal(await signed.innerText(), 'Mésange');
  assert.equal(await announced.count(), 0);
  await page.getByRole('radio', { name: 'Kolmikulma' }).check();
  await announced.waitFor();
  assert.equal(await signed.innerText(), 'un voisin');
  await page.getByRole('radio', { name: 'Mésange', exact: true }).check();
  await announced.waitFor({ state: 'detached' });
  assert.equal(await signed.innerText(), 'Mésange');
  await leave(person);
});

test('what is missing is said in the page’s own words at its field, and the first has the focus', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await person.open('/new');
  await putUp(person);
  await page.getByText('Choisissez l’une de ces possibilités').waitFor();
  assert.ok(await page.getByRole('radio').first().evaluate((field) => field === document.activeElement));
  await page.getByRole('radio', { name: /Question/ }).check();
  await page.getByText('Choisissez l’une de ces possibilités').waitFor({ state: 'detached' });
  await putUp(person);
  const field = page.getByRole('textbox', { name: 'Titre' });
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  assert.ok(await field.evaluate((input) => input === document.activeElement));
  const described = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const said = await Promise.all(described.map((id) => page.locator(`[id="${id}"]`).innerText()));
  assert.match(said.join(' '), /Ce champ est vide/);
  await field.fill('Un titre');
  assert.equal(await field.getAttribute('aria-invalid'), null);
  await leave(person);
});
