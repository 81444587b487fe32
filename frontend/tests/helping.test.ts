// Moderators who help out where they do not live: their console is there, and nothing else of that neighbourhood.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from './house/asking.ts';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { look } from './house/look.ts';
import { claim } from './house/moderating.ts';
import { SLUG } from './house/palier.ts';
import { up, write } from './house/writing.ts';

const house = new House();

const BOARD = '/n/le-canal';
const CONSOLE = `${BOARD}/console`;
const YEAR = /20\d\d/;
let founded: Promise<string> | undefined;

/** That neighbourhood is there. */
const there = (): Promise<string> => (founded ??= house.board.found('le-canal', 'Le Canal'));

const grant = (name: string, ...words: string[]): Promise<string> =>
  house.board.operate('neighbourhood', 'reserve', '--slug', 'le-canal', '--email', `${name}@example.org`, ...words);

/** Somebody of the demo who lives there, too. */
async function neighbour(name: string): Promise<Person> {
  await there();
  const [code, person] = [await house.board.founderCode('le-canal'), await house.somebody(name)];
  await person.open(`/join#code=${code}`);
  await person.page.getByRole('button', { name: /Rejoindre/ }).click();
  await person.page.waitForURL(`**${BOARD}`);
  return person;
}

async function notice(author: Person, title: string, text: string): Promise<string> {
  await write(author, /Question/, title, text);
  const path = await up(author);
  await author.page.getByText(/^Affichée\./).waitFor();
  return path;
}

test('somebody who helps out finds a case on a narrow screen and decides it; the rest is not offered', async (t) => {
  const [author, reporter] = [await neighbour('mesange'), await neighbour('tilleul')];
  const reported = await notice(author, 'Le quai', 'Sur ce quai, il n’y a que des nuls.');
  const quiet = await notice(author, 'La passerelle', 'Qui a la clé de la passerelle ?');
  await report(reporter, reported.replace('/post/', ''), 'HARASSMENT');
  await grant('lanterne', '--name', 'Huppe', '--days', '90');
  const helper = await house.somebody('lanterne');
  const { page } = helper;

  await t.test('where they are from, the navigation says where else they moderate and until which day', async () => {
    const places = page.locator('.places');
    await places.locator('summary').click();
    const entry = places.getByRole('link', { name: 'Le Canal : en renfort jusqu’au' });
    assert.match(await entry.innerText(), YEAR);
    assert.equal(await places.locator(`a[href="${BOARD}"]`).count(), 0, 'not the board');
    await look(helper);
    await page.setViewportSize({ width: 320, height: 900 });
    await entry.click();
    await page.waitForURL(`**${CONSOLE}`);
    await page.getByText('En renfort à Le Canal jusqu’au').waitFor();
    await page.getByText('Vous décidez ici sous le nom « Huppe »').waitFor();
    const current = page.getByRole('navigation', { name: 'Principale' }).locator('[aria-current=page]');
    assert.equal(await current.getAttribute('href'), CONSOLE);
    await look(helper);
  });

  await t.test('the case is read, taken and decided', async () => {
    await page.setViewportSize({ width: 320, height: 900 });
    await page.locator('.queue-item', { hasText: 'Signalée' }).click();
    await page.locator('.case .well', { hasText: 'que des nuls' }).waitFor();
    await claim(helper);
    await page.getByRole('radio', { name: 'Retirer' }).check();
    await page.getByLabel('Règle', { exact: true }).selectOption({ label: 'Insulte' });
    await page.getByLabel('Faits', { exact: true }).fill('Le texte insulte tout un quai, sans rien demander.');
    await look(helper);
    await page.getByRole('button', { name: 'Envoyer la décision' }).click();
    await page.getByRole('heading', { name: 'C’est décidé' }).waitFor();
    await author.open('/me/statements');
    await author.page.getByText('Le Canal').first().waitFor();
  });

  await t.test('every page of that console is theirs, tiles too', async () => {
    const parts = page.getByRole('navigation', { name: 'Parties de la console' });
    for (const href of await parts.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))) {
      await parts.locator(`a[href="${href}"]`).click();
      await page.waitForURL(`**${href}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.waitForFunction(() => !document.querySelector('main .skel'));
      assert.equal(await page.locator('main .note.stop').count(), 0, href);
      await look(helper);
    }
    await parts.getByRole('link', { name: 'Carreaux' }).click();
    await page.getByRole('radio').first().check();
    await page.getByRole('textbox', { name: 'Son nom' }).fill('Le quai aux huppes');
    await page.getByRole('button', { name: 'Donner ce nom' }).click();
    await page.getByText('Ce carreau s’appelle maintenant Le quai aux huppes.').waitFor();
    await page.getByRole('radio', { name: 'Le quai aux huppes' }).waitFor();
  });

  await t.test('the board and its notices are offered nowhere, and not there by address', async () => {
    assert.equal(await page.locator(`a[href="${BOARD}"]`).count(), 0);
    const home = page.getByRole('navigation', { name: 'Principale' }).getByRole('link', { name: 'Panneau' });
    assert.equal(await home.getAttribute('href'), `/n/${SLUG}`);
    await helper.open(BOARD);
    await page.getByRole('link', { name: 'Aller à Kallio' }).waitFor();
    assert.equal(await page.getByText('La passerelle').count(), 0);
    await helper.open(quiet);
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.getByText('La passerelle').count(), 0);
  });
  await leave(author, reporter, helper);
});

test('who moderates in two places chooses, and once the time is over that is said', async () => {
  await there();
  await house.board.operate('neighbourhood', 'appoint', '--slug', SLUG, '--email', 'juniper@example.org');
  await grant('juniper', '--name', 'Wheatear', '--days', '30');
  const helper = await house.somebody('juniper', { locale: 'en-GB' });
  await helper.open('/console');
  await helper.page.getByText('You moderate in several places.').waitFor();
  await look(helper);
  const entry = helper.page.getByRole('main').getByRole('link', { name: 'Le Canal: helping out until' });
  assert.match(await entry.innerText(), YEAR);
  await entry.click();
  await helper.page.waitForURL(`**${CONSOLE}`);
  await helper.page.getByText('You decide here under the name “Wheatear”').waitFor();
  await look(helper);

  await grant('juniper', '--dismiss');
  const later = await house.somebody('juniper', { locale: 'en-GB' });
  const { page } = later;
  assert.equal(await page.locator('.places').count(), 0, 'there is one place only');
  await later.open(`${CONSOLE}/tiles`);
  await page.getByRole('heading', { name: 'This page is for moderators' }).waitFor();
  await page.getByText('its time is over').waitFor();
  await look(later);
  await page.getByRole('link', { name: 'Moderation of' }).click();
  await page.waitForURL(`**/n/${SLUG}/console`);
  await leave(helper, later);
});
