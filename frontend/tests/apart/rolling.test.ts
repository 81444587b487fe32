// The roles of a board in processes of their own: one that ends takes no page along, and what is there is shown meanwhile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, leave } from '../house/home.ts';
import { look } from '../house/look.ts';
import { SLUG } from '../house/palier.ts';
import { title, up, write } from '../house/writing.ts';

const house = new House();

declare global {
  interface Window {
    /** Stands in the page until it is loaded again. */
    same?: boolean;
  }
}

test('with two edges before it, a page that is open goes on by itself whichever of them ends', async () => {
  const [reader, writer] = [await house.somebody('myrtille'), await house.somebody('mesange')];
  await reader.page.evaluate(() => (window.same = true));
  for (const edge of ['gateway', 'second gateway']) {
    await house.board.kill(edge);
    await write(writer, /Question/, `Écrit sans ${edge}`, 'Par l’autre chemin.');
    await up(writer);
    await title(reader, `Écrit sans ${edge}`).waitFor();
    await house.board.revive(edge);
  }
  assert.ok(await reader.page.evaluate(() => window.same), 'it was never loaded again');
  await leave(reader, writer);
});

test('each role behind the edges is restarted under an open page, and what is written then arrives there', async () => {
  const [reader, writer] = [await house.somebody('myrtille'), await house.somebody('mesange')];
  await reader.page.evaluate(() => (window.same = true));
  for (const role of ['identity', 'posts', 'media', 'feeds', 'moderation']) {
    await house.board.kill(role);
    await house.board.revive(role);
    await write(writer, /Question/, `Écrit après ${role}`, 'Il est revenu.');
    await up(writer);
    await title(reader, `Écrit après ${role}`).waitFor();
  }
  assert.ok(await reader.page.evaluate(() => window.same), 'it was never loaded again');
  await leave(reader, writer);
});

test('where only a part does not answer, the rest is shown, and the part says why and can be asked again', async (t) => {
  const visitor = await house.anybody();
  const { page } = visitor;
  const why = page.locator('.note', { hasText: 'Les événements n’ont pas pu être lus' });
  await house.board.kill('posts');
  await t.test('the first page knows the neighbourhood and not its events', async () => {
    await visitor.open('/');
    await page.getByText('Ce panneau est celui de « Kallio et Kaisaniemi ».').waitFor();
    await why.getByText('ce n’est pas votre faute').waitFor();
    await page.getByRole('link', { name: 'Quartier : Kallio et Kaisaniemi' }).waitFor();
    await look(visitor);
  });
  await t.test('so does the neighbourhood’s own page', async () => {
    await visitor.open(`/n/${SLUG}`);
    await page.getByRole('heading', { level: 1, name: 'Kallio et Kaisaniemi' }).waitFor();
    await why.waitFor();
    await house.board.revive('posts');
    await why.getByRole('button', { name: 'Réessayer' }).click();
    await page.locator('.notice').first().waitFor();
  });
  await leave(visitor);

  const reader = await house.somebody('tilleul');
  await t.test('a board that cannot be read says so within the frame of who is signed in', async () => {
    await reader.page.evaluate(() => indexedDB.deleteDatabase('palier'));
    await house.board.kill('feeds');
    await reader.open(`/n/${SLUG}`);
    await reader.page.locator('.note', { hasText: 'Le panneau n’a pas pu être lu' }).waitFor();
    await reader.page.getByRole('link', { name: 'Compte' }).waitFor();
    await house.board.revive('feeds');
    await reader.page.getByRole('button', { name: 'Réessayer' }).click();
    await reader.page.locator('.notice').first().waitFor();
  });
  await leave(reader);
});
