// On the real app and the real server: a notice with a photo and a position, of which nothing finer than a tile leaves the browser.
// What is in the bytes of a sent photo, field.test.ts looks at where they arrive: a browser does not tell a test.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Request } from 'playwright-core';
import { saidBy } from '../harness/browser.ts';
import { launch, Person } from '../house/browser.ts';
import { Board } from '../house/palier.ts';
import { exif, withExif } from './exif.ts';

let board: Board;
let browser: Browser;

before(async () => {
  [board, browser] = await Promise.all([Board.open(), launch()]);
});
after(async () => {
  await browser.close();
  await board.close();
});

/** Where the photo was taken, and where the device is: both in Kolmikulma, far from home. */
const TAKEN = { latitude: 60.16369, longitude: 24.94589 };
const HERE = { latitude: 60.16412, longitude: 24.94631 };
const CAMERA = 'Secret Camera 4711';
const secrets = [CAMERA, 'holiday.jpg', ...[TAKEN, HERE].flatMap((at) => [at.latitude.toFixed(3), at.longitude.toFixed(3)])];

test('the server learns the tile and the covered photo, and neither the place nor the camera', async () => {
  const person = await Person.at(board, browser, { geolocation: HERE, permissions: ['geolocation'] });
  const { page } = person;
  await person.signIn('myrtille@example.org');
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await person.open('/new');
  await page.getByRole('radio', { name: /Perdu/ }).check();
  await page.getByRole('textbox', { name: 'Titre' }).fill('Trouvé une combinaison');
  await page.getByRole('textbox', { name: 'Texte' }).fill('Orange, avec un casque. À qui manque-t-elle ?');
  const original = withExif(readFileSync(new URL('./astronaut.jpg', import.meta.url)), exif({ position: TAKEN, model: CAMERA }));
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
    assert.ok(!board.said.includes(secret), `the server's log says ${secret}`);
  }
  person.isClean();
  await person.close();
});
