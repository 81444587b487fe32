// Moderators: a queue by deadline, a case that is read and decided by keyboard, appeals, and what takes two.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { appeal, ask, isIn, report } from './house/asking.ts';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { look } from './house/look.ts';
import { claim, CONSOLE, openCase } from './house/moderating.ts';
import { SLUG } from './house/palier.ts';
import { up, write } from './house/writing.ts';

const house = new House();
const MINUTE_MS = 60_000;

const FACTS = 'Le texte insulte des voisins, sans rien demander ni proposer.';

/** Somebody who moderates besides Lanterne, signed in. */
async function second(name: string, options: { locale?: string } = {}): Promise<Person> {
  await house.board.operate('neighbourhood', 'appoint', '--slug', SLUG, '--email', `${name}@example.org`);
  return house.somebody(name, options);
}

/** Somebody puts a notice up; resolves with what it is called in the API. */
async function notice(author: Person, title: string, text: string): Promise<string> {
  await write(author, /Question/, title, text);
  const path = await up(author);
  await author.page.getByText(/^Affichée\./).waitFor();
  return path.replace('/post/', '');
}

/** Fills the form in, up to its last button. */
async function decideTo({ page }: Person, measure: string, rule: string, facts = FACTS): Promise<void> {
  await page.getByRole('radio', { name: measure }).check();
  await page.getByLabel('Règle', { exact: true }).selectOption({ label: rule });
  await page.getByLabel('Faits', { exact: true }).fill(facts);
}

const send = ({ page }: Person): Promise<void> => page.getByRole('button', { name: 'Envoyer la décision' }).click();

const hasFocus = (goal: Locator): Promise<boolean> => goal.evaluate((element) => element === document.activeElement);

test('by keyboard alone a moderator finds the case of a newcomer, reads it and releases it', async () => {
  const [newcomer, moderator] = [await house.somebody('paper.boat'), await house.somebody('lanterne')];
  await newcomer.open('/new');
  await newcomer.page.getByRole('radio', { name: /Question/ }).check();
  await newcomer.page.getByRole('textbox', { name: 'Title' }).fill('Une première question');
  await newcomer.page.getByRole('textbox', { name: 'Text' }).fill('Bonjour à tous, où trouver du terreau ?');
  await newcomer.page.getByRole('button', { name: 'Put up', exact: true }).click();
  await newcomer.page.getByText('Received, not up yet.').waitFor();

  const { page } = moderator;
  const { keyboard } = page;
  await page.getByRole('link', { name: 'Modération', exact: true }).focus();
  await keyboard.press('Enter');
  await page.waitForURL(`**${CONSOLE}`);
  await page.locator('.queue-item').first().waitFor();
  await look(moderator);
  for (let row = 0; ; row++) {
    assert.ok(row < 20, 'its case is on the first page');
    await keyboard.press('j');
    await keyboard.press('Enter');
    await page.waitForURL('**case=*');
    await page.locator('.queue-item[aria-current]').and(page.locator(':focus, *')).first().waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'case');
    if (await page.locator('.case .well', { hasText: 'Bonjour à tous' }).count()) break;
  }
  await page.getByText('la personne concernée peut le voir').first().waitFor();
  assert.equal(await page.getByRole('radio').count(), 0, 'nothing is decided before it is taken');
  await look(moderator);
  await keyboard.press('c');
  await page.getByText('À vous encore 15 min').waitFor();
  await keyboard.press('1');
  assert.ok(await page.getByRole('radio', { name: 'Garder' }).isChecked());
  assert.equal(await page.getByLabel('Règle', { exact: true }).inputValue(), 'Aucune règle enfreinte');
  await keyboard.press('s');
  await page.locator('textarea[aria-invalid="true"]').waitFor();
  assert.ok(await hasFocus(page.getByLabel('Faits', { exact: true })), 'without facts it is not sent');
  await keyboard.type('Une question d’un nouveau voisin, sans rien contre les règles.');
  await page.locator('.preview').getByText('Votre annonce est affichée.').waitFor();
  await look(moderator);
  await keyboard.press('ControlOrMeta+Enter');
  const done = page.getByRole('heading', { name: 'C’est décidé' });
  await done.waitFor();
  assert.ok(await hasFocus(done), 'who reads by ear goes on from here');
  await look(moderator);
  await newcomer.open(`/n/${SLUG}`);
  await newcomer.page.locator('.notice-title', { hasText: 'Une première question' }).waitFor();
  await leave(newcomer, moderator);
});

test('what was reported is decided with reasons, its author appeals, and another moderator reverses it', async (t) => {
  const [author, reporter, first] = [await house.somebody('mesange'), await house.somebody('tilleul'), await house.somebody('lanterne')];
  const post = await notice(author, 'Le bruit, encore', 'Cet immeuble est plein de nuls.');
  await report(reporter, post, 'HARASSMENT', 'Cela vise quelqu’un.');

  await t.test('it is read, taken and decided; the preview says what its author will read', async () => {
    const { page } = first;
    await first.open(`${CONSOLE}?lane=notices`);
    await openCase(first, 'plein de nuls');
    await page.getByText('« Cela vise quelqu’un. »').waitFor();
    await page.getByText('Elle insulte, menace ou poursuit quelqu’un').waitFor();
    await claim(first);
    await page.getByText('À vous encore 15 min').waitFor();
    await page.getByRole('radio', { name: 'Retirer' }).check();
    await page.getByLabel('Faits', { exact: true }).fill(FACTS);
    await send(first);
    await page.locator('select[aria-invalid="true"]').waitFor();
    assert.ok(await hasFocus(page.getByLabel('Règle', { exact: true })), 'without a rule it is not sent');
    await decideTo(first, 'Retirer', 'Insulte');
    await page.getByLabel('Pause de l’auteur').selectOption({ label: '2 jours' });
    const preview = page.locator('.preview');
    await preview.getByText('Votre annonce est retirée').waitFor();
    await preview.getByText('On n’insulte personne.').first().waitFor();
    await preview.getByText(/Vous n’écrivez rien sur ce palier jusqu’au/).waitFor();
    await preview.getByText(FACTS).first().waitFor();
    await look(first);
    await send(first);
    await page.getByRole('heading', { name: 'C’est décidé' }).waitFor();
  });

  await t.test('its author is told what the preview said, and appeals', async () => {
    type Told = { statements: { edges: { node: { decision: { facts: string; rule: string; measure: string } } }[] } };
    const asked = '{ statements(first: 1) { edges { node { decision { facts rule measure } } } } }';
    const { statements } = await ask<Told>(author, asked, {});
    assert.deepEqual(statements.edges[0]?.node.decision, { facts: FACTS, rule: 'INSULT', measure: 'REMOVE' });
    await appeal(author, 'C’était pour rire, et je ne nomme personne.');
  });

  await t.test('whoever decided does not see the appeal; another one does, in English, and reverses', async () => {
    await first.open(`${CONSOLE}/appeals`);
    await first.page.getByRole('heading', { name: 'Aucun recours pour vous' }).waitFor();
    await look(first);
    const other = await second('juniper', { locale: 'en-GB' });
    const { page } = other;
    await other.open(`${CONSOLE}/appeals`);
    await page.locator('.queue-item', { hasText: 'Insult' }).click();
    await page.getByText('C’était pour rire').waitFor();
    await page.getByText('plein de nuls').first().waitFor();
    await page.getByText('The notice is taken down.').waitFor();
    await page.getByText('There is nothing left to read').waitFor();
    await look(other);
    await page.getByRole('radio', { name: 'Reverse the decision' }).check();
    await page.getByLabel('Facts', { exact: true }).fill('It is rude, but nobody is named and nobody is meant.');
    await page.getByRole('button', { name: 'Send the outcome' }).click();
    await page.getByRole('heading', { name: 'The appeal is decided' }).waitFor();
    await look(other);
    await other.open(`${CONSOLE}/decisions`);
    await page.getByRole('cell', { name: 'reversed' }).waitFor();
    await look(other);
    await leave(other);
  });

  await t.test('the notice is back', async () => {
    await reporter.open(`/post/${post}`);
    await reporter.page.getByRole('heading', { level: 1, name: 'Le bruit, encore' }).waitFor();
  });
  await leave(author, reporter, first);
});

test('pictures stay blurred and are not fetched until they are asked for one by one, and nothing keeps them', async () => {
  const [depicted, moderator] = [await house.somebody('boussole'), await house.somebody('lanterne')];
  type Found = { neighbourhood: { feed: { edges: { node: { id: string; media: { id: string }[] } }[] } } };
  const asked = `{ neighbourhood(slug: "${SLUG}") { feed(first: 30) { edges { node { id media { id } } } } } }`;
  const { neighbourhood } = await ask<Found>(depicted, asked, {});
  const shown = neighbourhood.feed.edges.find(({ node }) => node.media.length)?.node;
  assert.ok(shown?.media[0], 'a notice of the demo has a photo');
  await isIn(depicted, shown.id, shown.media[0].id);

  const fetched: string[] = [];
  const { page } = moderator;
  await moderator.installed();
  page.on('request', (request) => request.url().includes('/media/') && fetched.push(request.url()));
  await moderator.open(CONSOLE);
  await page.locator('.queue-item', { hasText: 'je suis dessus' }).first().click();
  await page.getByText('Quelqu’un dit être dessus').waitFor();
  await page.getByText('Masquée pour les voisins').first().waitFor();
  assert.equal(await page.locator('.blurred canvas').count(), shown.media.length);
  assert.deepEqual(fetched, []);
  await look(moderator);
  await page.getByRole('button', { name: 'Montrer la photo 1' }).click();
  await page.locator('.blurred img').waitFor();
  assert.equal(fetched.length, 1);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return all.flat();
  });
  assert.ok(!kept.some((url) => url.includes(new URL(fetched[0] ?? '').pathname)), 'the device keeps no copy of it');
  await look(moderator);
  await page.getByRole('button', { name: 'Flouter la photo 1' }).click();
  assert.equal(await page.locator('.blurred img').count(), 0);

  await claim(moderator);
  await page.getByRole('radio', { name: 'Garder' }).check();
  await page.getByRole('checkbox', { name: 'Retirer la photo 1' }).check();
  await page.getByLabel('Règle', { exact: true }).selectOption({ label: 'Personne sur une photo' });
  await page.getByLabel('Faits', { exact: true }).fill('Une voisine est sur la photo et ne le veut pas.');
  await page.locator('.preview').getByText('Une photo est retirée.').first().waitFor();
  await send(moderator);
  await page.getByRole('heading', { name: 'C’est décidé' }).waitFor();
  await leave(depicted, moderator);
});

test('what somebody else did meanwhile is said, and what was typed stays', async (t) => {
  const [author, reporter, one] = [await house.somebody('lichen'), await house.somebody('parapluie'), await house.somebody('lanterne')];
  const other = await second('myrtille');
  const post = await notice(author, 'Le vélo bleu', 'Un vélo bleu bloque la cave depuis lundi.');
  await report(reporter, post, 'ADVERTISING');

  await t.test('who comes second sees that it is taken', async () => {
    await one.open(`${CONSOLE}?lane=notices`);
    await openCase(one, 'vélo bleu bloque');
    await claim(one);
    await one.page.getByText('À vous encore 15 min').waitFor();
    await other.open(`${CONSOLE}?lane=notices`);
    await openCase(other, 'vélo bleu bloque');
    await other.page.getByText('Une autre personne s’en occupe').waitFor();
    assert.equal(await other.page.getByRole('button', { name: 'Prendre ce dossier' }).count(), 0);
    await other.page.locator('.queue-item', { hasText: 'pris par une autre personne' }).waitFor();
    await look(other);
  });

  await t.test('its author changes it: it has to be read again, and the reasons are still there', async () => {
    await decideTo(one, 'Retirer', 'Hors sujet', 'Une plainte sur un vélo n’a pas sa place ici.');
    await author.open(`/post/${post}`);
    await author.page.getByRole('button', { name: 'Retoucher' }).click();
    await author.page.getByRole('textbox', { name: 'Texte' }).fill('Un vélo bleu bloque la cave : à qui est-il ?');
    await author.page.getByRole('button', { name: /^(Afficher|Enregistrer)/ }).click();
    await author.page.getByText('à qui est-il').waitFor();
    await send(one);
    await one.page.getByText('Le texte a changé depuis que vous l’avez lu').waitFor();
    await one.page.locator('.case .well', { hasText: 'à qui est-il' }).waitFor();
    assert.equal(await one.page.getByLabel('Faits', { exact: true }).inputValue(), 'Une plainte sur un vélo n’a pas sa place ici.');
    await look(one);
  });

  await t.test('a case that is given back, or whose quarter of an hour is over, is free again', async () => {
    await one.page.getByRole('button', { name: 'Rendre le dossier' }).click();
    await one.page.getByText('il n’est plus à vous').waitFor();
    await other.page.reload();
    await claim(other);
    await other.page.getByText('À vous encore 15 min').waitFor();
    await one.page.getByRole('button', { name: 'Reprendre ce dossier' }).click();
    await one.page.getByText('Une autre personne s’en occupe').or(one.page.getByText('Un autre modérateur s’en occupe')).first().waitFor();
  });

  await t.test('once it is decided that is said, with what was typed to take along', async () => {
    await other.page.getByRole('radio', { name: 'Garder' }).check();
    await other.page.getByLabel('Faits', { exact: true }).fill('La question est utile, rien n’est contraire aux règles.');
    await other.page.locator('.preview').getByText('Ce que lira qui a signalé').waitFor();
    await send(other);
    await other.page.getByRole('heading', { name: 'C’est décidé' }).waitFor();
    await one.page.getByRole('button', { name: 'Regarder de nouveau' }).click();
    await one.page.getByRole('heading', { name: 'Ce dossier n’est plus ouvert' }).waitFor();
    await one.page.locator('.case .well', { hasText: 'Une plainte sur un vélo' }).waitFor();
    await look(one);
  });
  await leave(author, reporter, one, other);
});

test('a suspension beyond a week takes two', async () => {
  const [author, reporter, one] = [await house.somebody('theiere.bleue'), await house.somebody('tilleul'), await house.somebody('lanterne')];
  const other = await second('myrtille');
  await report(reporter, await notice(author, 'Encore la cour', 'Vous allez le regretter, et vous savez pourquoi.'), 'HARASSMENT');
  const { page } = one;
  await one.open(`${CONSOLE}?lane=notices`);
  await openCase(one, 'Vous allez le regretter');
  await claim(one);
  await decideTo(one, 'Retirer', 'Menace', 'Le texte menace quelqu’un du palier, sans le nommer.');
  await send(one);
  await page.getByText('Suspendre son auteur plus longtemps, à deux').click();
  await page.getByRole('spinbutton', { name: /Pour combien de jours/ }).fill('30');
  await page.getByLabel('Faits', { exact: true }).fill('Troisième menace en un mois, malgré deux pauses.');
  await look(one);
  await page.getByRole('button', { name: 'Proposer la suspension' }).click();
  await page.getByText('a trois jours pour signer ou refuser').waitFor();

  await one.open(`${CONSOLE}/severe`);
  await page.getByText('Vous l’avez proposée').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Signer…' }).count(), 0);
  await other.open(`${CONSOLE}/severe`);
  await other.page.getByRole('heading', { name: 'Suspension de 30 jours' }).waitFor();
  await other.page.getByText('Troisième menace en un mois').waitFor();
  await look(other);
  await other.page.getByRole('button', { name: 'Signer…' }).click();
  await other.context.setOffline(true);
  await other.page.getByRole('button', { name: 'Signer la suspension' }).click();
  // Where the question stands: what lies behind it is out of reach.
  await other.page.getByRole('dialog').getByText('Le serveur n’a pas répondu').waitFor();
  await other.context.setOffline(false);
  await other.page.getByRole('button', { name: 'Signer la suspension' }).click();
  await other.page.getByText('la suspension a commencé').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Rien n’attend de signature' }).waitFor();
  await look(one);
  await leave(author, reporter, one, other);
});

test('keys can be switched off, a quarter of an hour goes by, and without a network the page says so', async () => {
  const [author, reporter, moderator] = [await house.somebody('mesange'), await house.somebody('tilleul'), await house.anybody()];
  const { page } = moderator;
  await page.clock.install();
  await moderator.signIn('lanterne@example.org');
  await report(reporter, await notice(author, 'Le composteur', 'Le composteur de la cour est plein.'), 'SOMETHING_ELSE', 'Trop long.');
  await moderator.open('/console');
  await page.waitForURL(`**${CONSOLE}`);
  await page.locator('.queue-item').first().waitFor();
  await page.keyboard.press('?');
  await page.getByText('Utiliser ces touches').waitFor();
  await look(moderator);
  await page.getByRole('checkbox', { name: /Utiliser ces touches/ }).uncheck();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('j');
  assert.equal(await page.locator('.queue-item:focus').count(), 0);
  await page.getByRole('checkbox', { name: /Utiliser ces touches/ }).check();

  await openCase(moderator, 'composteur de la cour');
  await claim(moderator);
  await page.getByLabel('Faits', { exact: true }).fill('Une question sur le compost est bien à sa place.');
  await page.clock.fastForward(11 * MINUTE_MS);
  await page.getByText('À vous encore 4 min').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Un quart d’heure de plus' }).click();
  await page.clock.fastForward(16 * MINUTE_MS);
  await page.getByText('il n’est plus à vous').waitFor();
  await page.getByRole('button', { name: 'Reprendre ce dossier' }).waitFor();
  assert.match(await page.getByLabel('Faits', { exact: true }).inputValue(), /compost/);
  await look(moderator);

  await moderator.context.setOffline(true);
  await page.getByRole('button', { name: 'Reprendre ce dossier' }).click();
  await page.locator('.note.stop').first().waitFor();
  await look(moderator);
  await moderator.context.setOffline(false);
  await leave(author, reporter, moderator);
});

test('who does not moderate is told so, and a moderator who stands back does not see the case again', async () => {
  const [member, author, reporter, moderator] = [
    await house.somebody('wagtail', { locale: 'en-GB' }),
    await house.somebody('mesange'),
    await house.somebody('tilleul'),
    await second('myrtille')
  ];
  await member.open(CONSOLE);
  await member.page.getByRole('heading', { name: 'This page is for moderators' }).waitFor();
  assert.equal(await member.page.getByRole('link', { name: 'Moderation' }).count(), 0);
  await look(member);
  await report(reporter, await notice(author, 'Le rideau', 'Qui a un rideau de trop ?'), 'ADVERTISING');
  const { page } = moderator;
  await moderator.open(`${CONSOLE}?lane=notices`);
  await openCase(moderator, 'rideau de trop');
  await page.getByRole('button', { name: 'Me récuser…' }).click();
  await page.getByRole('dialog').waitFor();
  await page.getByRole('button', { name: 'Me récuser', exact: true }).click();
  await page.waitForURL(/console\?lane=notices$/);
  await page.reload();
  await page.locator('.queue-item, .empty').first().waitFor();
  await page.getByLabel('Partie de la file').selectOption({ label: 'À vous' });
  await page.getByRole('heading', { name: 'Rien n’attend' }).waitFor();
  await look(moderator);
  await leave(member, author, reporter, moderator);
});

test('each page of the console, loaded whole, asks its question once', async () => {
  const moderator = await house.somebody('lanterne');
  const { page } = moderator;
  await moderator.open(CONSOLE);
  const parts = page.getByRole('navigation', { name: 'Parties de la console' }).getByRole('link');
  await parts.first().waitFor();
  const addresses = await parts.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  assert.equal(addresses.length, 9);
  const asked: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname));
  for (const address of addresses) {
    asked.length = 0;
    // It comes to rest: whatever asks again as soon as it is answered never does.
    await page.goto(new URL(address, page.url()).href, { waitUntil: 'networkidle', timeout: 15_000 });
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    assert.ok(asked.filter((path) => path === '/moderator/graphql').length <= 1, `${address}: ${asked}`);
    // What is set is in both schemas.
    const own = address.endsWith('/settings') ? 2 : 1;
    assert.ok(asked.length <= 2 + own, `who is here, what was taken down, its own: ${address}: ${asked}`);
  }
  await leave(moderator);
});
