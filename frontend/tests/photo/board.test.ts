// On the real app and the real server: a notice with a photo and a position, of which nothing finer than a tile leaves the browser.
// What is in the bytes of a sent photo, field.test.ts looks at where they arrive: a browser does not tell a test.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page, Request } from 'playwright-core';
import { saidBy } from '../harness/browser.ts';
import { House, leave } from '../house/home.ts';
import { putUp, write } from '../house/writing.ts';
import { exif, withExif } from './exif.ts';

const house = new House();

/** Where the photo was taken, and where the device is: both in Kolmikulma, far from home. */
const TAKEN = { latitude: 60.16369, longitude: 24.94589 };
const HERE = { latitude: 60.16412, longitude: 24.94631 };
const FACE = readFileSync(new URL('./astronaut.jpg', import.meta.url));
const CAMERA = 'Secret Camera 4711';
const secrets = [CAMERA, 'holiday.jpg', ...[TAKEN, HERE].flatMap((at) => [at.latitude.toFixed(3), at.longitude.toFixed(3)])];

test('the server learns the tile and the covered photo, and neither the place nor the camera', async () => {
  const person = await house.somebody('myrtille', { geolocation: HERE, permissions: ['geolocation'] });
  const { page } = person;
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await person.open('/new');
  await page.getByRole('radio', { name: /Perdu/ }).check();
  await page.getByRole('textbox', { name: 'Titre' }).fill('Trouvé une combinaison');
  await page.getByRole('textbox', { name: 'Texte' }).fill('Orange, avec un casque. À qui manque-t-elle ?');
  const original = withExif(FACE, exif({ position: TAKEN, model: CAMERA }));
  await page.locator('input[type=file]').setInputFiles({ name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(original) });
  await page.getByText('La photo a été prise dans ce carreau').waitFor();
  await page.getByRole('button', { name: 'Masquer le visage 1' }).press('Enter');
  await page.getByRole('button', { name: 'Envoyer la photo' }).click();
  await page.getByRole('group', { name: 'Envoyée' }).waitFor();
  await page.getByRole('button', { name: 'Prendre ma position' }).click();
  await page.getByText(/Carreau choisi.*Kolmikulma/).waitFor();
  await page.locator('button[type=submit]').click();
  await page.waitForURL('**/post/*');
  await page.getByText('Orange, avec un casque.').first().waitFor();

  const told = await Promise.all(requests.filter((request) => !/^(blob|data):/.test(request.url())).map(saidBy));
  assert.ok(told.some((said) => said.includes('46920bc9')), 'the tile was told');
  assert.ok(requests.some((request) => request.method() === 'POST' && request.url().endsWith('/media')), 'the photo was sent');
  for (const secret of secrets) {
    assert.ok(told.every((said) => !said.includes(secret)), `a request says ${secret}`);
    assert.ok(!house.board.said.includes(secret), `the server's log says ${secret}`);
  }
  await leave(person);
});

/** From now on this browser encodes pictures as bytes that begin so, and so many of them. */
async function encodeAs(page: Page, beginning: string, length: number): Promise<void> {
  await page.evaluate(
    ([head, size]) => {
      const blob = new Blob([head, new Uint8Array(size)], { type: 'image/jpeg' });
      OffscreenCanvas.prototype.convertToBlob = () => Promise.resolve(blob);
    },
    [beginning, length] as const
  );
}

test('a photo that the board does not take is refused with why, and what was written is kept', async () => {
  const person = await house.somebody('mesange');
  const { page } = person;
  await write(person, /Perdu, trouvé/, 'Trouvé un casque', 'Blanc, avec une visière dorée.');
  await page.locator('input[type=file]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: FACE });
  await page.getByLabel('Ce que montre la photo').fill('Un casque sur un muret');
  await encodeAs(page, '%PDF-1.7', 1000);
  await page.getByRole('button', { name: 'Envoyer la photo' }).click();
  await page.getByText('C’est un document PDF, pas une image.').waitFor();
  await encodeAs(page, '', 20_500_000);
  await page.getByRole('button', { name: 'Envoyer de nouveau' }).click();
  await page.getByText('Le fichier dépasse 20 Mo. Envoyez-en un plus petit.').waitFor();
  assert.equal(await page.getByLabel('Ce que montre la photo').inputValue(), 'Un casque sur un muret');
  assert.equal(await page.getByRole('textbox', { name: 'Titre' }).inputValue(), 'Trouvé un casque');

  // Nothing goes up without the photo while it is not said what becomes of it.
  await page.getByText('Une photo attend plus haut').waitFor();
  assert.deepEqual(await page.locator('main .btn.primary').allInnerTexts(), ['Envoyer de nouveau']);
  await page.getByRole('textbox', { name: 'Titre' }).press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Photo à préparer\u00a0: a.jpg');
  assert.equal(new URL(page.url()).pathname, '/new');
  await page.getByRole('button', { name: 'Laisser cette photo' }).click();
  await putUp(person);
  await page.getByText('Affichée.').waitFor();
  await leave(person);
});
