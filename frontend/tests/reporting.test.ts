// Saying what is wrong, being told what was decided and why, and asking that somebody else decides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appeal } from './house/asking.ts';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { press, type } from './house/keyboard.ts';
import { look } from './house/look.ts';
import { decide, decideAppeal } from './house/desk.ts';
import { SLUG } from './house/palier.ts';
import { up, write, writeEvent } from './house/writing.ts';

const house = new House();

const FACTS = 'La deuxième phrase traite un voisin de menteur ; la première peut rester.';
const REVERSED = 'Relu : la phrase parle de la météo, personne n’est insulté.';

/** By which day an appeal that waits is decided. */
const DAY_MS = 86_400_000;
/** The day of a moment in UTC, as it is said in French. */
const inFull = (at: number): string =>
  new Intl.DateTimeFormat('fr', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at).replace(/^1 /, '1er ');
const DUE = { fr: /au plus tard le \d+\S* \S+ 20\d\d/, en: /Appeal decided by \d+ \S+ 20\d\d/ };

const idOf = (path: string): string => path.split('/').at(-1) ?? '';

/** Puts a notice up; resolves with its address. */
async function putUp(author: Person, title: string): Promise<string> {
  await write(author, /Question/, title, 'Quelqu’un sait-il ? Encore un mensonge de menteur.');
  return up(author);
}

/** Reports what is open, by mouse and in French. */
async function report({ page }: Person, reason: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Signaler', exact: true }).click();
  await page.getByRole('radio', { name: reason }).check();
  await page.getByRole('button', { name: 'Envoyer à la modération' }).click();
  await page.getByRole('heading', { name: 'C’est transmis' }).waitFor();
}

/** Whether something is there, asked again for as long as it takes to reach everybody. */
async function comesTrue(is: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await is())) if (Date.now() > deadline) assert.fail('it does not come true');
}

test('a notice is reported by keyboard: a press, a choice and a press, and what comes next is said', async (t) => {
  const [author, reader] = [await house.somebody('mesange'), await house.anybody({ locale: 'en-GB' })];
  const path = await putUp(author, 'Le chat du quatrième');
  const { page } = reader;
  await reader.signIn('juniper@example.org');
  await reader.open(path);

  await t.test('nobody reports what is their own', async () => {
    await author.open(path);
    await author.page.getByRole('button', { name: 'Retoucher' }).waitFor();
    assert.equal(await author.page.getByRole('button', { name: 'Signaler' }).count(), 0);
  });

  await t.test('sent without a choice, it says what is missing', async () => {
    await press(reader, page.getByRole('button', { name: 'Report', exact: true }), 'Enter');
    await page.getByRole('dialog', { name: 'Report this notice' }).waitFor();
    await look(reader);
    await press(reader, page.getByRole('button', { name: 'Send to the moderators' }), 'Enter');
    await page.getByText('Choose one of these').waitFor();
    assert.equal(await page.getByRole('radiogroup').getAttribute('aria-invalid'), 'true');
  });

  await t.test('words and good faith are asked for where the law is said to be broken', async () => {
    // They are one stop; from the first of them two steps back lead to the last but one.
    await press(reader, page.getByRole('radio').first(), 'ArrowUp');
    await page.keyboard.press('ArrowUp');
    assert.ok(await page.getByRole('radio', { name: 'The law forbids it' }).isChecked());
    await type(reader, 'In a few words', 'The second sentence is libel.');
    await press(reader, page.getByRole('button', { name: 'Send to the moderators' }), 'Enter');
    await page.getByText('Say that in good faith').waitFor();
    assert.ok(await page.getByRole('checkbox', { name: 'I believe in good faith' }).evaluate((box) => box === document.activeElement));
    await look(reader);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.ok(await page.getByRole('button', { name: 'Report', exact: true }).evaluate((own) => own === document.activeElement));
  });

  await t.test('a report whose answer is lost is sent again, and is one', async () => {
    house.board.front.losing = '"reason":"HARASSMENT"';
    await page.keyboard.press('Enter');
    await press(reader, page.getByRole('radio').first(), 'ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.ok(await page.getByRole('radio', { name: 'It insults' }).isChecked());
    await page.keyboard.press('Enter');
    await page.getByText('The report was not sent.').waitFor();
    house.board.front.losing = undefined;
    await press(reader, page.getByRole('button', { name: 'Try again' }), 'Enter');
    await page.getByRole('heading', { name: 'It is passed on' }).waitFor();
    await page.getByText('Whoever wrote it does not learn who reported it').waitFor();
    await look(reader);
    await press(reader, page.getByRole('link', { name: 'Decisions that concern you' }), 'Enter');
    await page.waitForURL('**/me/statements');
    await page.getByText('Nothing was decided that concerns you.').waitFor();
    await look(reader);
  });
  await leave(author, reader);
});

test('from a report to a reversal: the author reads why, appeals, somebody else decides, and the notice is back', async (t) => {
  // Nobody decides about an appeal against their own decision: there are two of them.
  await house.board.operate('neighbourhood', 'appoint', '--slug', SLUG, '--email', 'boussole@example.org');
  const [author, reader] = [await house.somebody('myrtille'), await house.somebody('tilleul')];
  const [first, second] = [await house.somebody('lanterne'), await house.somebody('boussole')];
  const { page } = author;
  const path = await putUp(author, 'Le temps qu’il fera');
  await reader.open(path);
  await report(reader, /insulte/);
  await decide(first, idOf(path), { measure: 'REMOVE', rule: 'INSULT', facts: FACTS });

  await t.test('it is gone for neighbours, and the author alone reads it still', async () => {
    await reader.page.getByRole('heading', { level: 1, name: 'Cette annonce est décrochée' }).waitFor();
    await author.open(path);
    await page.getByText('Retirée par la modération').waitFor();
    await page.getByText('Encore un mensonge de menteur.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Retoucher' }).count(), 0);
    await look(author);
  });

  await t.test('who reported it is told, and that a moderator read what they said', async () => {
    await reader.open('/me');
    await reader.page.getByText('Une personne de la modération a lu ce que vous avez signalé.').waitFor();
    await reader.page.getByRole('link', { name: 'Lire ces décisions' }).click();
    await reader.page.getByRole('link', { name: 'Décision sur une annonce que vous avez signalée' }).click();
    await reader.page.getByText(FACTS).waitFor();
    assert.equal(await reader.page.getByRole('button', { name: 'Faire recours' }).count(), 0);
    await look(reader);
  });

  await t.test('by keyboard the author reads the reasons and appeals; what they wrote is kept until it is sent', async () => {
    const why = page.getByRole('link', { name: 'Lire pourquoi, et faire recours' });
    await why.and(page.locator('[href^="/statement/"]')).waitFor();
    await press(author, why, 'Enter');
    await page.waitForURL('**/statement/*');
    await page.getByText(FACTS).waitFor();
    // The last day on which it may still be done, not the midnight that ends it.
    const said = (await page.getByText(/C’est possible une fois, jusqu’au/).textContent()) ?? '';
    const lasts = [0, 60_000].map((ago) => inFull(Date.now() - ago + 183 * DAY_MS));
    assert.ok(lasts.some((day) => said.includes(`jusqu’au ${day}.`)), `${said} ${lasts.join()}`);
    await look(author);
    await press(author, page.getByRole('button', { name: 'Faire recours' }), 'Enter');
    await page.keyboard.type('Je parlais de la météo.');
    await author.keeps('Je parlais de la météo.');
    await page.reload();
    const words = page.getByLabel('Ce qui vous paraît faux');
    await words.waitFor();
    assert.equal(await words.inputValue(), 'Je parlais de la météo.');
    await look(author);
    await press(author, page.getByRole('button', { name: 'Envoyer le recours' }), 'Enter');
    await page.getByText('Le recours est parti').waitFor();
    await author.gone('Je parlais de la météo.');
    await look(author);
    await page.reload();
    await page.getByText('Votre recours attend').waitFor();
    await page.getByText(DUE.fr).waitFor();
    await look(author);
  });

  await t.test('until it is decided the list says so, in both languages, with the day by which it is', async () => {
    await author.open('/me/statements');
    await page.getByText(DUE.fr).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText(DUE.en).waitFor();
    await look(author);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByText(DUE.fr).waitFor();
  });

  await t.test('somebody else reverses it: it is back, and both learn why', async () => {
    await decideAppeal(second, 'REVERSED', REVERSED);
    await author.open('/me/statements');
    const told = page.getByRole('link', { name: 'Décision sur votre recours' });
    await told.waitFor();
    await look(author);
    await told.click();
    await page.getByRole('heading', { name: 'La décision est annulée' }).waitFor();
    await page.getByText(REVERSED).waitFor();
    await look(author);
    await reader.open(path);
    await reader.page.getByRole('heading', { level: 1, name: 'Le temps qu’il fera' }).waitFor();
    await author.open('/me');
    await page.getByText('Une personne de la modération a lu un dossier sur ce que vous avez écrit.').waitFor();
    await look(author);
  });

  await t.test('everybody reads it in the log, signed out too, without words and without names', async () => {
    const anybody = await house.anybody();
    await anybody.open(`/n/${SLUG}`);
    await anybody.page.getByRole('link', { name: 'Décisions de la modération' }).click();
    await anybody.page.waitForURL(`**/n/${SLUG}/transparency`);
    const row = anybody.page.getByRole('row', { name: /Retirée.*annulée/ });
    await row.waitFor();
    const said = await anybody.page.locator('main').innerText();
    for (const word of ['menteur', 'météo', 'Myrtille', 'Tilleul', 'Lanterne', 'Boussole']) assert.ok(!said.includes(word), word);
    await look(anybody);
    await leave(anybody);
  });
  await leave(author, reader, first, second);
});

test('a change that was asked for is made, and the notice waits to be read again; an answer that was taken down says so', async () => {
  const [author, reader, moderator] = [await house.somebody('lichen'), await house.somebody('parapluie'), await house.somebody('lanterne')];
  const { page } = author;
  const path = await putUp(author, 'Une question mal dite');
  await reader.open(path);
  await reader.page.getByLabel('Votre réponse').fill('C’est encore toi qui mens.');
  await reader.page.getByRole('button', { name: 'Répondre', exact: true }).last().click();
  await reader.page.locator('.comment', { hasText: 'toi qui mens' }).waitFor();
  await author.open(path);
  await page.getByRole('button', { name: 'Signaler : Réponse de Parapluie' }).click();
  await page.getByRole('heading', { name: 'Signaler cette réponse' }).waitFor();
  await look(author);
  await page.getByRole('radio', { name: /insulte/ }).check();
  await page.getByRole('button', { name: 'Envoyer à la modération' }).click();
  await page.getByRole('heading', { name: 'C’est transmis' }).waitFor();
  await page.getByRole('button', { name: 'Revenir à l’annonce' }).click();
  const answer = await reader.page.evaluate(async (id) => {
    const query = 'query ($id: ID!) { node(id: $id) { ... on Post { comments { edges { node { id } } } } } }';
    const body = JSON.stringify({ query, variables: { id } });
    const headers = { 'content-type': 'application/json' };
    const told = await (await fetch('/graphql', { method: 'POST', headers, body })).json();
    return told.data.node.comments.edges[0].node.id as string;
  }, idOf(path));
  await decide(moderator, answer, { measure: 'REMOVE', rule: 'INSULT', facts: FACTS });
  await comesTrue(async () => (await page.reload(), await page.getByRole('heading', { name: 'Réponses' }).waitFor(), (await page.locator('.comment').count()) === 0));
  await reader.page.reload();
  await reader.page.locator('.comment', { hasText: 'Retirée par la modération' }).waitFor();
  await look(reader);

  await house.board.operate('neighbourhood', 'appoint', '--slug', SLUG, '--email', 'boussole@example.org');
  const second = await house.somebody('boussole');
  await appeal(reader, 'Je parlais à un ami, qui en rit encore.');
  await decideAppeal(second, 'REVERSED', REVERSED);
  await reader.open('/me/statements');
  await reader.page.getByRole('link', { name: 'Décision sur votre recours' }).first().click();
  await reader.page.getByText('Ce qui avait été retiré revient, si l’annonce au-dessus est encore là.').waitFor();
  await look(reader);
  await reader.open(path);

  await reader.page.getByRole('button', { name: 'Signaler', exact: true }).click();
  await reader.page.getByRole('radio', { name: /origine/ }).check();
  await reader.page.getByRole('button', { name: 'Envoyer à la modération' }).click();
  await reader.page.getByRole('heading', { name: 'C’est transmis' }).waitFor();
  await decide(moderator, idOf(path), { measure: 'ASK_FOR_EDIT', rule: 'ORIGIN_NAMED', facts: FACTS });
  await page.getByText('La modération demande une retouche').waitFor();
  await look(author);
  await author.open('/me');
  await page.getByText('À retoucher').waitFor();
  await author.open(path);
  await page.getByRole('button', { name: 'Retoucher' }).click();
  await page.getByRole('textbox', { name: 'Texte' }).fill('Quelqu’un sait-il ?');
  await page.getByRole('button', { name: 'Afficher la retouche' }).click();
  await page.getByText('Attend d’être relue').waitFor();
  assert.equal(await page.getByText('La modération demande une retouche').count(), 0);
  await leave(author, reader, moderator, second);
});

test('who is in a picture says so, and nobody sees it any more, within seconds and without an account', async () => {
  const [neighbour, visitor] = [await house.somebody('tilleul'), await house.anybody({ locale: 'en-GB' })];
  await neighbour.open('/');
  await visitor.open(`/n/${SLUG}`);
  const card = visitor.page.locator('.notice', { has: visitor.page.locator('.photo') }).first();
  await card.locator('.notice-title a').click();
  await visitor.page.waitForURL('**/post/*');
  const path = new URL(visitor.page.url()).pathname;
  await neighbour.open(path);
  await neighbour.page.locator('.photo img').waitFor();
  const asks = visitor.page.getByRole('button', { name: 'I am in this picture' });
  await press(visitor, asks, 'Enter');
  await visitor.page.getByText('You have nothing to prove.').waitFor();
  await look(visitor);
  await press(visitor, visitor.page.getByRole('button', { name: 'Hide it now' }), 'Enter');
  await visitor.page.getByRole('heading', { name: 'It is hidden' }).waitFor();
  await look(visitor);
  await neighbour.page.locator('.photo').waitFor({ state: 'detached', timeout: 10_000 });
  await press(visitor, visitor.page.getByRole('button', { name: 'Back to the notice' }), 'Enter');
  assert.equal(await visitor.page.locator('.photo').count(), 0);
  await visitor.page.reload();
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await visitor.page.locator('.photo').count(), 0);
  await leave(neighbour, visitor);
});

test('signed out, a public event is reported too, and the log says what a month was', async () => {
  const author = await house.somebody('mesange');
  await writeEvent(author, 'Tournoi de boules');
  await author.page.getByRole('checkbox', { name: /Ouvert à tous/ }).check();
  const path = await up(author);
  const visitor = await house.anybody();
  const { page } = visitor;
  await visitor.open(path);
  await report(visitor, /publicité/);
  await page.getByText('Vous n’avez pas laissé d’adresse').waitFor();
  await look(visitor);
  await page.getByRole('dialog').getByRole('link', { name: 'Décisions de la modération' }).click();
  await page.waitForURL(`**/n/${SLUG}/transparency`);
  await page.getByRole('table', { name: /^En tout/ }).waitFor();
  const json = page.getByRole('link', { name: /\.json$/ });
  const month = /(\d{4}-\d\d)\.json$/.exec((await json.getAttribute('href')) ?? '')?.[1];
  const told = await page.evaluate(async (address) => (await fetch(address)).json(), (await json.getAttribute('href')) ?? '');
  assert.deepEqual([told.neighbourhood.slug, told.month, told.automated], [SLUG, month, { exactly: 0, few: false }]);
  await page.getByRole('navigation', { name: 'Autres mois' }).getByRole('link').first().click();
  await page.waitForURL('**/transparency?month=*');
  await page.getByText('Rien n’a été signalé ce mois-là.').waitFor();
  await look(visitor);
  await leave(author, visitor);
});

test('who has no account says where to write to, is mailed what was decided, and reads why behind that link', async (t) => {
  const [author, moderator] = [await house.somebody('tilleul'), await house.somebody('lanterne')];
  await writeEvent(author, 'Vide-grenier du quai');
  await author.page.getByRole('checkbox', { name: /Ouvert à tous/ }).check();
  const path = await up(author);
  const visitor = await house.anybody({ locale: 'en-GB' });
  const { page } = visitor;
  const address = page.getByLabel('Your e-mail address, if you like');

  await t.test('by keyboard; an address that is none is said at its field, and what is kept of it and why', async () => {
    await visitor.open(path);
    await press(visitor, page.getByRole('button', { name: 'Report', exact: true }), 'Enter');
    await press(visitor, page.getByRole('radio').first(), 'ArrowDown');
    await page.getByText('erased 210 days after the last message').waitFor();
    await type(visitor, 'Your e-mail address, if you like', 'nobody at all');
    await page.keyboard.press('Enter');
    await page.getByText('like name@example.org').waitFor();
    assert.equal(await address.getAttribute('aria-invalid'), 'true');
    assert.ok(await address.evaluate((field) => field === document.activeElement));
    await look(visitor);
    await type(visitor, 'Your e-mail address, if you like', 'visitor@example.net');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'It is passed on' }).waitFor();
    await page.getByText('By mail, to visitor@example.net.').waitFor();
    await look(visitor);
  });

  await t.test('the link in the mail is all it takes', async () => {
    await decide(moderator, idOf(path), { measure: 'KEEP', rule: 'NONE_BROKEN', facts: FACTS });
    await page.goto(await house.board.mailedLink('visitor@example.net'));
    await page.getByRole('heading', { level: 1, name: 'Decision about a notice that you reported' }).waitFor();
    await page.getByText(FACTS).waitFor();
    await look(visitor);
  });
  await visitor.keepsNothing();
  await leave(author, moderator, visitor);
});

test('a decision that is nobody’s is not there, and who is signed out is asked who they are', async () => {
  const visitor = await house.anybody();
  await visitor.open('/statement/nothing');
  await visitor.page.getByRole('heading', { level: 1, name: 'Il n’y a pas de décision à cette adresse' }).waitFor();
  await look(visitor);
  await visitor.open('/n/elsewhere/transparency');
  await visitor.page.getByRole('heading', { level: 1 }).waitFor();
  await look(visitor);
  await leave(visitor);
});
