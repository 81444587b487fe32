// The first page, to somebody who knows nothing of this board yet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Person } from './house/browser.ts';
import { House } from './house/home.ts';
import { look } from './house/look.ts';

declare global {
  interface Window {
    /** How far each thing moved that nobody moved, as browsers count it. */
    moved: number[];
  }
}

const house = new House();

/** Where everything of the page's head stands. */
const standing = ({ page }: Person): Promise<number[]> =>
  page.locator('.hero :is(h1, .lede, .actions, .floor)').evaluateAll((parts) =>
    parts.flatMap((part) => [part.getBoundingClientRect().top, part.getBoundingClientRect().bottom])
  );

for (const width of [320, 1280]) {
  test(`nothing moves when the name of the neighbourhood arrives: ${width} px`, async () => {
    const reader = await house.anybody({ viewport: { width, height: 900 } });
    const { page } = reader;
    let letThrough = (): void => {};
    const late = new Promise<void>((resolve) => (letThrough = resolve));
    await page.route('**/graphql', (route) => late.then(() => route.continue()));
    await reader.open('/');
    await page.locator('.hero').waitFor();
    const before = await standing(reader);
    assert.equal(await page.getByText('Ce panneau est celui de').count(), 0);
    letThrough();
    await page.getByText('Ce panneau est celui de « Kallio et Kaisaniemi ».').waitFor();
    assert.deepEqual(await standing(reader), before);
    assert.equal(await page.locator('main .btn.primary').count(), 1, 'one thing to do first');
    await reader.close();
  });
}

/** Runs in the page before anything of it: adds up what moves without being asked to. */
function watchForShifts(): void {
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.moved.push((entry as PerformanceEntry & { value: number }).value);
  }).observe({ type: 'layout-shift', buffered: true });
}

for (const [width, height] of [[320, 640], [390, 844], [1280, 900], [1280, 2000]] as const) {
  test(`what hangs for everybody comes without moving what stands: ${width} × ${height}`, async () => {
    const reader = await house.anybody({ viewport: { width, height } });
    const { page } = reader;
    await page.addInitScript(watchForShifts);
    let letThrough = (): void => {};
    const late = new Promise<void>((resolve) => (letThrough = resolve));
    await page.route('**/graphql', (route) => late.then(() => route.continue()));
    await reader.open('/');
    const code = page.getByLabel('Code d’invitation');
    const before = await code.boundingBox();
    letThrough();
    await page.locator('.notice').first().waitFor();
    assert.deepEqual(await code.boundingBox(), before);
    // Two frames on, whatever moved was told.
    await page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))));
    assert.deepEqual(await page.evaluate(() => window.moved), []);
    await reader.close();
  });
}

test('on a desk at 200 % the picture of the floor leaves room for the rest, and no tile of it is cut', async () => {
  const reader = await house.anybody({ viewport: { width: 640, height: 450 } });
  await reader.open('/');
  const floor = await reader.page.locator('.floor img').boundingBox();
  assert.ok(floor);
  assert.ok(floor.height < 450, `${floor.height} px high`);
  assert.equal(Math.round(floor.width / floor.height), 2);
  await reader.close();
});

/** Takes an event down that is open to everybody. */
async function takeDown(name: string, event: string): Promise<void> {
  const author = await house.somebody(name);
  const { page } = author;
  await author.open('/me');
  await page.getByRole('link', { name: event }).click();
  await page.locator('.notice [type=button].destroy').click();
  await page.locator('dialog[open] [type=submit]').click();
  await page.waitForURL('**/n/*');
  await author.close();
}

test('where nothing is open to everybody it says so, and the way to the neighbourhood stays', async () => {
  const events = { juniper: 'Slow coffee', parapluie: 'herbes folles', myrtille: 'placards' };
  for (const [name, event] of Object.entries(events)) await takeDown(name, event);
  const reader = await house.anybody();
  const { page } = reader;
  await reader.open('/');
  await page.getByRole('heading', { name: 'Kallio et Kaisaniemi : ouvert à tous' }).waitFor();
  await page.locator('.empty', { hasText: 'Rien d’ouvert à tous n’est prévu' }).waitFor();
  assert.equal(await page.locator('.notice').count(), 0);
  await look(reader);
  await page.getByRole('link', { name: 'Quartier : Kallio et Kaisaniemi' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kallio et Kaisaniemi' }).waitFor();
  await page.locator('.empty').waitFor();
  await reader.close();
});
