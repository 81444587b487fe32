// Networks go away, servers restart and answers get lost: each ends in a state that a person understands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Person } from './house/browser.ts';
import { House, leave } from './house/home.ts';
import { SLUG } from './house/palier.ts';
import { putUp, title, write } from './house/writing.ts';

const house = new House();

const copyNote = (person: Person) => person.page.getByText('Vous lisez une copie');

/** On the narrowest phone nothing reaches beyond the page. */
async function fits({ page }: Person): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, page.url());
  if (before) await page.setViewportSize(before);
}

/** How many pictures a device keeps. */
const pictures = ({ page }: Person): Promise<number> =>
  page.evaluate(async () => {
    if (!(await caches.has('palier-pictures'))) return 0;
    return (await (await caches.open('palier-pictures')).keys()).length;
  });

test('offline one reads what was loaded, and what was missed arrives with the network', async () => {
  const reader = await house.somebody('myrtille');
  const writer = await house.somebody('mesange');
  await reader.installed();
  const first = await reader.page.locator('.notice-title').first().innerText();

  await reader.context.setOffline(true);
  await copyNote(reader).waitFor();
  await reader.open(`/n/${SLUG}`);
  await title(reader, first).waitFor();
  await copyNote(reader).waitFor();
  await fits(reader);
  await title(reader, first).getByRole('link').click();
  await reader.page.getByText('telle que cet appareil l’a gardée').waitFor();
  await reader.page.goBack();

  await write(writer, /Question/, 'Écrit pendant l’absence', 'Personne ne le rate.');
  await putUp(writer);
  await writer.page.getByText('Affichée.').waitFor();
  await reader.context.setOffline(false);
  await title(reader, 'Écrit pendant l’absence').waitFor();
  await copyNote(reader).waitFor({ state: 'detached' });
  await Promise.all([reader.close(), writer.close()]);
});

test('a server that restarts is waited for, and nothing is missed', async () => {
  const reader = await house.somebody('myrtille');
  const writer = await house.somebody('mesange');
  await write(writer, /Question/, 'Juste après le redémarrage', 'Toujours là.');
  await house.board.stop();
  await copyNote(reader).waitFor();
  await putUp(writer);
  await writer.page.getByText('L’annonce n’est pas partie. Votre texte est gardé ici.').waitFor();
  await house.board.start();
  await writer.page.getByRole('button', { name: 'Réessayer' }).click();
  await writer.page.getByText('Affichée.').waitFor();
  await title(reader, 'Juste après le redémarrage').waitFor();
  assert.equal(await title(reader, 'Juste après le redémarrage').count(), 1);
  await Promise.all([reader.close(), writer.close()]);
});

test('a device that kept nothing says so while the server is down, on the narrowest phone too', async () => {
  const visitor = await house.anybody();
  const { page } = visitor;
  await visitor.open('/never');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await house.board.stop();
  await visitor.open(`/n/${SLUG}`);
  await page.getByRole('heading', { name: 'Le panneau ne répond pas' }).waitFor();
  await fits(visitor);
  await house.board.start();
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await page.getByRole('heading', { name: 'Vous habitez ici ?' }).waitFor();
  await visitor.close();
});

test('an answer that is lost and a page that is loaded again still make one notice', async () => {
  const writer = await house.somebody('mesange');
  await write(writer, /Donner, prêter/, 'Une échelle à prêter', 'Trois mètres, libre le soir.');
  await writer.page.getByRole('combobox', { name: 'Se décroche' }).selectOption('7');
  house.board.front.losing = 'Une échelle à prêter';
  await putUp(writer);
  await writer.page.getByText('L’annonce n’est pas partie. Votre texte est gardé ici.').waitFor();
  assert.ok(house.board.front.lost >= 1, 'at least once: browsers ask again by themselves');
  house.board.front.losing = undefined;
  await writer.page.reload();
  assert.equal(await writer.page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Une échelle à prêter');
  await putUp(writer);
  await writer.page.getByText('Affichée.').waitFor();
  await writer.open(`/n/${SLUG}`);
  await title(writer, 'Une échelle à prêter').waitFor();
  assert.equal(await title(writer, 'Une échelle à prêter').count(), 1);
  await writer.close();
});

test('what is taken down while a device is away is thrown away there, whatever page it comes back to', async () => {
  const reader = await house.somebody('myrtille');
  const writer = await house.somebody('mesange');
  await write(writer, /Question/, 'Bientôt décrochée', 'Rien qu’un instant.');
  await putUp(writer);
  await title(reader, 'Bientôt décrochée').waitFor();
  await assert.doesNotReject(reader.keeps('Bientôt décrochée'));
  await reader.open('/mark.svg');
  await writer.page.getByRole('button', { name: 'Décrocher…' }).click();
  await writer.page.getByRole('button', { name: 'Décrocher pour de bon' }).click();
  await writer.page.waitForURL('**/n/*');
  assert.ok((await reader.kept()).includes('Bientôt décrochée'), 'it was kept');
  const asked = reader.page.waitForResponse(async (answer) => (await answer.text().catch(() => '')).includes('tombstones'));
  await reader.open('/never');
  await asked;
  await assert.doesNotReject(reader.gone('Bientôt décrochée'));
  await Promise.all([reader.close(), writer.close()]);
});

test('signed out, nothing of anybody stays on the device', async () => {
  const person = await house.somebody('myrtille');
  await person.installed();
  await person.open('/me');
  await person.page.getByRole('button', { name: 'Se déconnecter' }).click();
  await person.page.getByRole('status').filter({ hasText: 'Vous êtes déconnecté sur cet appareil' }).waitFor();
  assert.equal(new URL(person.page.url()).pathname, '/');
  await person.keepsNothing();
  assert.equal(await pictures(person), 0);
  await leave(person);
});

test('of who is signed out by the server no picture is kept any more, not even one that everybody may see', async () => {
  const person = await house.somebody('myrtille');
  const { page } = person;
  await person.installed();
  await page.waitForFunction(async () => (await (await caches.open('palier-pictures')).keys()).length > 0);
  await person.context.clearCookies();
  const seen = page.waitForResponse((answer) => answer.ok() && answer.url().includes('/media/'));
  await person.open(`/n/${SLUG}`);
  await page.getByRole('heading', { name: 'Votre session a pris fin' }).waitFor();
  await seen;
  assert.equal(await pictures(person), 0);
  await page.reload();
  await page.getByRole('heading', { name: 'Votre session a pris fin' }).waitFor();
  await leave(person);
});

test('a browser that does not let go of what it kept is not said to have done so', async () => {
  const person = await house.somebody('myrtille');
  const { page } = person;
  await person.open('/me');
  await page.evaluate(() => {
    IDBObjectStore.prototype.clear = () => {
      throw new DOMException('not allowed', 'InvalidStateError');
    };
  });
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  const said = page.getByRole('status').filter({ hasText: 'Vous êtes déconnecté sur cet appareil' });
  await said.getByText('Ce navigateur n’a pas laissé effacer').waitFor();
  assert.ok(!(await said.innerText()).includes('Rien de ce que vous avez lu'));
  await person.close();
});
