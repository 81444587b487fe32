import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { assertAccessible, assertKeptToItself, launch, LOOKS, visit } from '../harness/browser.ts';
import { serve, type Board } from '../harness/serve.ts';

let board: Board;
let browser: Browser;

before(async () => {
  [board, browser] = await Promise.all([serve(), launch()]);
});
after(async () => {
  await browser.close();
  await board.close();
});

/** In Töölönlahti, two tiles from home. */
const FAR = { latitude: 60.17776, longitude: 24.93749 };
/** In Rautatientori, next to home. */
const NEAR = { latitude: 60.17124, longitude: 24.94137 };

const secretsOf = ({ latitude, longitude }: typeof FAR) => [latitude.toFixed(3), longitude.toFixed(3)];
const chosen = (page: Page) => page.locator('[data-chosen]').textContent();
const tile = (page: Page, name: string) => page.getByRole('group', { name: 'Tiles on the map' }).getByRole('button', { name });

async function openMap(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show the map' }).click();
  await tile(page, 'Pitkäsilta').waitFor();
}

test('nothing of the map is fetched before it is asked for, and then its archives whole', async () => {
  const seen = await visit(browser, board.url);
  const paths = () => seen.requests.map((request) => new URL(request.url()).pathname);
  assert.deepEqual(paths().filter((path) => /tiles|map/.test(path)), []);
  await openMap(seen.page);
  assert.deepEqual(paths().filter((path) => path.startsWith('/tiles/')).toSorted(), [
    '/tiles/46920a4.pmtiles',
    '/tiles/46920bc.pmtiles'
  ]);
  for (const request of seen.requests) assert.equal((await request.allHeaders())['range'], undefined);
  assert.deepEqual(seen.complaints, [], 'the policy of the page was not broken');
  await seen.leave();
});

test('the position chooses a tile and no request says where', async () => {
  const seen = await visit(browser, board.url, { geolocation: FAR, permissions: ['geolocation'] });
  await openMap(seen.page);
  await seen.page.getByRole('button', { name: 'Use my position' }).click();
  await seen.page.getByText('Tile chosen: Töölönlahti').waitFor();
  assert.equal(await chosen(seen.page), '46920a2d');
  await assertKeptToItself(seen, board.url, secretsOf(FAR));
  await seen.leave();
});

test('a position next to home is home: an edge nearby must not tell where in it one lives', async () => {
  const seen = await visit(browser, board.url, { geolocation: NEAR, permissions: ['geolocation'] });
  await seen.page.getByText('Kolmikulma', { exact: true }).click();
  await seen.page.getByRole('button', { name: 'Use my position' }).click();
  await seen.page.getByText('Tile chosen: Senaatintori, yours').waitFor();
  assert.equal(await chosen(seen.page), '46920bcf');
  await assertKeptToItself(seen, board.url, secretsOf(NEAR));
  await seen.leave();
});

test('outside of the neighbourhood, and where the device does not tell, the list is pointed to', async () => {
  const away = await visit(browser, board.url, {
    geolocation: { latitude: 48.8566, longitude: 2.3522 },
    permissions: ['geolocation']
  });
  await away.page.getByRole('button', { name: 'Use my position' }).click();
  await away.page.getByText('outside the neighbourhood').waitFor();
  assert.equal(await chosen(away.page), '46920bcf');
  await away.leave();
  const denied = await visit(browser, board.url);
  await denied.page.getByRole('button', { name: 'Use my position' }).click();
  await denied.page.getByText('does not tell the browser its position').waitFor();
  await denied.leave();
});

/** Presses a key until what has the focus is `wanted`. */
async function walkTo(page: Page, key: string, wanted: Locator): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press(key);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${key} never reached ${String(wanted)}`);
}

test('the keyboard alone picks a tile, in the list and on the map', async () => {
  const { page, leave } = await visit(browser, board.url);
  await walkTo(page, 'Tab', page.getByRole('radio', { name: 'Senaatintori' }));
  await page.keyboard.press('ArrowRight');
  assert.equal(await chosen(page), '46920bd1');
  await walkTo(page, 'Tab', page.getByRole('button', { name: 'Show the map' }));
  await page.keyboard.press('Enter');
  await tile(page, 'Siltavuori').waitFor();
  await walkTo(page, 'Shift+Tab', tile(page, 'Siltavuori'));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  assert.equal(await chosen(page), '46920bd3');
  await leave();
});

test('a click on the map picks the tile under it; one too small to be named is the whole neighbourhood', async () => {
  const { page, leave } = await visit(browser, board.url);
  await openMap(page);
  await tile(page, 'Hakaniemi').click();
  assert.equal(await chosen(page), 'X');
  const box = await tile(page, 'Kolmikulma').boundingBox();
  assert.ok(box);
  await page.locator('.canvas canvas').click({ position: await beside(page, box) });
  assert.equal(await chosen(page), '46920bc9');
  await leave();
});

test('the map credits who drew the streets', async () => {
  const { page, leave } = await visit(browser, board.url);
  await openMap(page);
  const credit = page.getByRole('link', { name: '© OpenStreetMap contributors' });
  assert.equal(await credit.getAttribute('href'), 'https://www.openstreetmap.org/copyright');
  await leave();
});

test('a device that cannot draw is told so, and has the list', async () => {
  const { page, leave } = await visit(browser, board.url);
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.getByRole('button', { name: 'Show the map' }).click();
  await page.getByText('The map cannot be shown.').waitFor();
  await page.getByText('Pitkäsilta', { exact: true }).click();
  assert.equal(await chosen(page), '46920bd3');
  await leave();
});

for (const look of LOOKS) {
  test(`nothing stands in anybody's way: ${look.colorScheme}, ${look.viewport.width} px`, async () => {
    const { page, leave } = await visit(browser, board.url, look);
    await openMap(page);
    await assertAccessible(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');
    await leave();
  });
}

/** Just below a tile's name, where the canvas itself is. */
async function beside(page: Page, name: { x: number; y: number; width: number; height: number }) {
  const canvas = await page.locator('.canvas canvas').boundingBox();
  assert.ok(canvas);
  return { x: name.x + name.width / 2 - canvas.x, y: name.y + name.height + 3 - canvas.y };
}
