// Coming to events, and what everybody may read of them, signed out too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { look } from './house/look.ts';
import { PASSWORD, SLUG } from './house/palier.ts';
import { title, up, write, writeEvent } from './house/writing.ts';

const DAY_MS = 86_400_000;

const house = new House();

const press = (person: Person, name: string): Promise<void> => person.page.getByRole('button', { name, exact: true }).click();

const button = (person: Person, name: string): Locator => person.page.getByRole('button', { name, exact: true });

const reads = (person: Person, text: string | RegExp): Promise<void> => person.page.locator('.coming').getByText(text).waitFor();

/** Comes back to a page that stood open meanwhile. */
const comeBack = ({ page }: Person): Promise<boolean> => page.evaluate(() => dispatchEvent(new Event('focus')));

/** Looks for what a picture shows once it has come. */
const isThere = (picture: Locator): Promise<boolean> =>
  picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0));

test('neighbours say whether they come: the author reads who, everybody how many places are left', async (t) => {
  const [author, first, second] = [await house.somebody('mesange'), await house.somebody('myrtille'), await house.somebody('lanterne')];
  await writeEvent(author, 'Soupe dans la cour', '1');
  const path = await up(author);
  // Nothing reaches the second while they look: they come back to a page that stood open.
  await second.page.routeWebSocket('**/graphql', () => {});
  for (const person of [first, second]) {
    await person.open(path);
    await reads(person, 'Il reste une place.');
  }
  await t.test('nobody has answered, and only the author is told who will', async () => {
    await reads(author, 'Personne n’a encore répondu.');
    assert.equal(await button(author, 'Je viens').count(), 0);
    await look(author);
    await look(first);
  });
  await t.test('by keyboard one says that one comes, which is said back, and the place is taken', async () => {
    await button(first, 'Je viens').focus();
    await first.page.keyboard.press('Enter');
    await first.page.getByRole('status').getByText('C’est noté : vous venez.').waitFor();
    await reads(first, 'Il ne reste plus de place.');
    assert.equal(await button(first, 'Je viens').getAttribute('aria-pressed'), 'true');
    await author.page.locator('.coming dd', { hasText: 'Myrtille' }).waitFor();
    await look(first);
  });
  await t.test('who wanted the same place is told why not and what to do, and may still say maybe', async () => {
    await press(second, 'Je viens');
    await second.page.getByText('demandez à l’organisateur').waitFor();
    await reads(second, 'Il ne reste plus de place.');
    assert.equal(await button(second, 'Je viens').getAttribute('aria-disabled'), 'true');
    await look(second);
    await press(second, 'Peut-être');
    await reads(second, 'C’est noté : vous viendrez peut-être.');
  });
  await t.test('the author reads both by name, and they do not read of one another', async () => {
    await comeBack(author);
    await author.page.locator('.coming dd', { hasText: 'Myrtille' }).waitFor();
    await author.page.locator('.coming dd', { hasText: 'Lanterne' }).waitFor();
    await look(author);
    for (const [reader, other] of [[first, 'Lanterne'], [second, 'Myrtille']] as const) {
      assert.ok(!(await reader.page.locator('main').innerText()).includes(other));
    }
    assert.doesNotMatch(await author.kept(), /"(coming|answers|myRsvp)"/, 'who comes is not kept on a device');
  });
  await t.test('an answer whose reply is lost is said again, and counts once', async () => {
    house.board.front.losing = '"answer":"NOT_GOING"';
    await press(second, 'Je ne viens pas');
    await second.page.getByText('Votre réponse n’est pas notée ici.').waitFor();
    assert.ok(house.board.front.lost >= 1);
    await look(second);
    house.board.front.losing = undefined;
    await press(second, 'Je ne viens pas');
    await reads(second, 'C’est noté : vous ne venez pas.');
    await comeBack(author);
    await author.page.locator('.coming dt', { hasText: 'Ne viennent pas' }).waitFor();
    assert.equal(await author.page.locator('.coming dd', { hasText: 'Lanterne' }).count(), 1);
  });
  await t.test('an answer that is taken back leaves nothing, and the place to somebody else', async () => {
    await press(first, 'Effacer cette réponse');
    await reads(first, 'Il reste une place.');
    assert.ok(await button(first, 'Je viens').evaluate((own) => own === document.activeElement));
    await comeBack(second);
    await reads(second, 'Il reste une place.');
    await press(second, 'Je viens');
    await reads(second, 'C’est noté : vous venez.');
  });
  await t.test('settled, it takes no more answers, and what was said may still be taken back', async () => {
    await press(author, 'C’est réglé');
    await author.page.locator('.state', { hasText: 'C’est réglé' }).waitFor();
    await reads(first, 'L’événement ne prend plus de réponses.');
    assert.equal(await button(first, 'Je viens').count(), 0);
    // The page of who heard nothing does not know yet: the server says it.
    await press(second, 'Peut-être');
    await second.page.getByText('Cet événement ne prend pas de réponses').waitFor();
    await reads(second, /Vous aviez répondu/);
    await look(second);
    await press(second, 'Effacer cette réponse');
    await reads(second, 'C’est effacé');
  });
  await leave(author, first, second);
});

test('an event that is over takes no answers, and leads into no calendar', async () => {
  const author = await house.somebody('mesange');
  await writeEvent(author, 'Un café vite pris');
  const path = await up(author);
  const reader = await house.somebody('myrtille');
  // Between its end and the day on which it comes down.
  await reader.page.clock.setFixedTime(Date.now() + 3 * DAY_MS);
  await reader.open(path);
  await reads(reader, 'L’événement est passé');
  assert.equal(await button(reader, 'Je viens').count(), 0);
  assert.equal(await reader.page.getByRole('link', { name: 'Ajouter à l’agenda' }).count(), 0);
  await author.close();
  await reader.close();
});

test('signed out one reads public events with their pictures, and takes them into a calendar', async (t) => {
  const reader = await house.anybody();
  const { page } = reader;
  const name = 'Slow coffee for everyone who moved in this year';
  await t.test('from the first page, which somebody opens who knows no neighbourhood', async () => {
    await reader.open('/');
    await page.getByRole('heading', { name: 'Kallio et Kaisaniemi : ouvert à tous' }).waitFor();
    await page.getByText('Ce panneau est celui de « Kallio et Kaisaniemi ».').waitFor();
    await look(reader);
    await title(reader, name).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Kallio et Kaisaniemi : tout ce qui est ouvert à tous' }).click();
  });
  await t.test('on the page of the neighbourhood, without any name', async () => {
    await page.waitForURL(`**/n/${SLUG}`);
    await page.getByRole('heading', { level: 1, name: 'Kallio et Kaisaniemi' }).waitFor();
    await title(reader, name).waitFor();
    assert.ok(await isThere(page.locator('.photo img').first()));
    assert.deepEqual([...new Set(await page.locator('.notice-foot b').allInnerTexts())], ['un voisin']);
    await look(reader);
  });
  await t.test('where calendars and readers find the addresses', async () => {
    const types = { '.ics': /^text\/calendar/, '.atom': /^application\/atom\+xml/ };
    for (const [ending, type] of Object.entries(types)) {
      const href = await page.locator(`aside a[href$="${ending}"]`).getAttribute('href');
      const answer = await page.request.get(href ?? '');
      assert.match(answer.headers()['content-type'] ?? '', type);
      assert.ok((await answer.text()).includes('Slow coffee'));
    }
  });
  await t.test('on its own page, from where it goes into a calendar', async () => {
    await title(reader, name).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await reads(reader, /Il reste \d+ places/);
    assert.ok(await isThere(page.locator('.photo img').first()));
    assert.equal(await page.getByRole('heading', { name: 'Réponses' }).count(), 0);
    assert.equal(await button(reader, 'Je viens').count(), 0);
    await look(reader);
    const link = page.getByRole('link', { name: 'Ajouter à l’agenda' });
    const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
    assert.match(answer.headers()['content-type'] ?? '', /^text\/calendar/);
    const coming = page.waitForEvent('download');
    await link.click();
    assert.match((await coming).suggestedFilename(), /\.ics$/);
  });
  await t.test('and the device keeps nothing of it', async () => {
    await reader.open(`/n/${SLUG}`);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    assert.ok(await isThere(page.locator('.photo img').first()));
    const kept = await reader.kept();
    assert.ok(!kept.includes(name) && !kept.includes(SLUG));
    const pictures = await page.evaluate(async () => (await (await caches.open('palier-pictures')).keys()).length);
    assert.equal(pictures, 0);
  });
  await leave(reader);
});

test('the first page stands without the server, and says what there is when it is back', async () => {
  const reader = await house.anybody();
  const { page } = reader;
  await page.route('**/graphql', (route) => route.abort());
  await reader.open('/');
  await page.getByRole('heading', { name: 'Le panneau de vos voisins' }).waitFor();
  assert.equal(await page.locator('main .notice, main .note').count(), 0);
  await page.unroute('**/graphql');
  await comeBack(reader);
  await title(reader, 'Slow coffee').waitFor();
  await reader.close();
});

test('in English too', async () => {
  const reader = await house.anybody({ locale: 'en-GB' });
  await reader.open(`/n/${SLUG}`);
  await reader.page.getByRole('heading', { name: 'In your calendar' }).waitFor();
  await title(reader, 'Slow coffee').getByRole('link').click();
  await reader.page.getByRole('link', { name: 'Add to calendar' }).waitFor();
  await look(reader);
  await reader.close();
});

test('an event is everybody’s as long as its author says so', async () => {
  const [author, anyone] = [await house.somebody('mesange'), await house.anybody()];
  await writeEvent(author, 'Concert sur les marches');
  await author.page.getByRole('checkbox', { name: /Ouvert à tous/ }).check();
  const path = await up(author);
  await anyone.open(path);
  await anyone.page.getByRole('heading', { level: 1, name: 'Concert sur les marches' }).waitFor();

  await press(author, 'Retoucher');
  await author.page.getByRole('checkbox', { name: /Ouvert à tous/ }).uncheck();
  await press(author, 'Afficher la retouche');
  await author.page.getByText('Les habitants du quartier, connectés.').waitFor();
  await comeBack(anyone);
  await anyone.page.getByRole('heading', { name: 'Ce panneau est pour ses voisins' }).waitFor();
  assert.ok(!(await anyone.page.locator('main').innerText()).includes('Concert'));
  await anyone.open(`/n/${SLUG}`);
  await anyone.page.locator('.notice').first().waitFor();
  assert.equal(await title(anyone, 'Concert sur les marches').count(), 0);
  anyone.isClean();
  await author.close();
  await anyone.close();
});

test('a neighbour who was sent the address of a notice signs in, and is there', async () => {
  const [author, reader] = [await house.somebody('mesange'), await house.anybody()];
  await write(author, /Question/, 'Où sont les chaises pliantes', 'Celles de la cave.');
  const path = await up(author);
  await reader.open(path);
  await reader.page.getByRole('heading', { name: 'Ce panneau est pour ses voisins' }).waitFor();
  await reader.page.locator('main').getByRole('link', { name: 'Se connecter' }).click();
  await reader.page.locator('input[type=email]').fill('myrtille@example.org');
  await reader.page.locator('input[type=password]').fill(PASSWORD);
  await reader.page.locator('form button[type=submit]').click();
  await reader.page.getByRole('heading', { level: 1, name: 'Où sont les chaises pliantes' }).waitFor();
  reader.isClean();
  await author.close();
  await reader.close();
});

test('who comes back after their session reads public events, and is asked to sign in for the rest', async () => {
  const person = await house.somebody('tilleul');
  await person.context.clearCookies();
  await person.open(`/n/${SLUG}`);
  await person.page.getByRole('heading', { level: 1, name: 'Votre session a pris fin' }).waitFor();
  await title(person, 'Slow coffee').waitFor();
  await look(person);
  await title(person, 'Slow coffee').getByRole('link').click();
  await person.page.getByRole('link', { name: 'Ajouter à l’agenda' }).waitFor();
  await person.page.locator('.coming').getByRole('link', { name: 'Se connecter' }).click();
  await person.page.waitForURL(/\/sign-in\?next=%2Fpost%2F/);
  await leave(person);
});

test('a neighbourhood without public events says so, to who is signed out and to who is of another one', async () => {
  await house.board.found('le-canal', 'Le Canal');
  const [anyone, other] = [await house.anybody(), await house.somebody('myrtille')];
  for (const person of [anyone, other]) {
    await person.open('/n/le-canal');
    await person.page.getByRole('heading', { level: 1, name: 'Le Canal' }).waitFor();
    await person.page.locator('.empty').waitFor();
    await look(person);
  }
  await anyone.open('/');
  await anyone.page.getByRole('heading', { name: 'Événements ouverts à tous' }).waitFor();
  await anyone.page.getByRole('link', { name: 'Quartier : Kallio et Kaisaniemi' }).first().waitFor();
  await look(anyone);
  await anyone.page.getByRole('link', { name: 'Le Canal', exact: true }).click();
  await anyone.page.getByRole('heading', { level: 1, name: 'Le Canal' }).waitFor();
  await other.page.getByRole('link', { name: 'Aller à Kallio et Kaisaniemi' }).click();
  await other.page.waitForURL(`**/n/${SLUG}`);
  await anyone.close();
  await other.close();
});

test('what is over goes from an open board and from the device, though nobody is there to tell them', async () => {
  const [author, reader] = [await house.somebody('mesange'), await house.anybody()];
  await reader.page.clock.install();
  await reader.signIn('myrtille@example.org');
  await write(author, /Danger/, 'Verglas sous la passerelle', 'Jusqu’au dégel.');
  await up(author);
  await title(reader, 'Verglas sous la passerelle').waitFor();
  await assert.doesNotReject(reader.keeps('Verglas sous la passerelle'));
  await reader.context.setOffline(true);
  await reader.page.clock.fastForward(2 * DAY_MS);
  assert.equal(await title(reader, 'Verglas sous la passerelle').count(), 1, 'its time is not over');
  await reader.page.clock.fastForward(2 * DAY_MS);
  await title(reader, 'Verglas sous la passerelle').waitFor({ state: 'detached' });
  await assert.doesNotReject(reader.gone('Verglas sous la passerelle'));
  await author.close();
  await reader.close();
});
