import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible, assertKeptToItself, launch, LOOKS, visit } from '../harness/browser.ts';
import { serve, type Board } from '../harness/serve.ts';
import { exif, withExif } from './exif.ts';

let board: Board;
let browser: Browser;

before(async () => {
  [board, browser] = await Promise.all([serve(), launch()]);
});
after(async () => {
  await browser.close();
  await board.close();
});

const FACE = readFileSync(new URL('./astronaut.jpg', import.meta.url));
const POSITION = { latitude: 60.17776, longitude: 24.93749 };
const CAMERA = 'Secret Camera 4711';
const MASK = [0x1d, 0x25, 0x21] as const;

type Colour = readonly [number, number, number];

/** A JPEG lying on its side: its left half is red, its right half blue, and EXIF says that its right is up. */
async function lying(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 160);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#c00000';
    context.fillRect(0, 0, 160, 160);
    context.fillStyle = '#0000c0';
    context.fillRect(160, 0, 160, 160);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  const block = exif({ position: POSITION, orientation: 6, model: CAMERA });
  return Buffer.from(withExif(Buffer.from(base64, 'base64'), block));
}

interface Picture {
  width: number;
  height: number;
  colours: Colour[];
}

/** A JPEG as any program sees it, without looking at EXIF: its size, and its colours at some places in parts of it. */
async function decoded(page: Page, jpeg: Buffer, places: readonly (readonly [number, number])[]): Promise<Picture> {
  return page.evaluate(
    async ([base64, at]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'none' });
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      const colours = at.map(([x, y]): Colour => {
        const [red = 0, green = 0, blue = 0] = context.getImageData(x * width, y * height, 1, 1).data;
        return [red, green, blue];
      });
      return { width, height, colours };
    },
    [jpeg.toString('base64'), places] as const
  );
}

const isNear = (one: Colour | undefined, other: Colour) =>
  one !== undefined && one.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= 6);

async function choose(page: Page, ...files: { name: string; buffer: Buffer; mimeType?: string }[]): Promise<void> {
  const input = page.locator('input[type=file]');
  await input.setInputFiles(files.map((file) => ({ mimeType: 'image/jpeg', ...file })));
}

const sheet = (page: Page) => page.getByRole('button', { name: 'Draw a mask on the photo' });
const status = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();

async function send(page: Page): Promise<Buffer> {
  const before = board.photos.length;
  await page.getByRole('button', { name: 'Send the photo' }).click();
  await page.getByText('Sent', { exact: true }).last().waitFor();
  const photo = board.photos[before];
  assert.ok(photo);
  return photo;
}

test('what is sent is upright and says neither where nor by which camera', async () => {
  const seen = await visit(browser, board.url);
  const { page } = seen;
  const original = await lying(page);
  assert.ok(original.includes(CAMERA) && original.includes('Exif'), 'the test has something to hide');
  await choose(page, { name: 'IMG_4711.jpg', buffer: original });
  await sheet(page).waitFor();
  const photo = await send(page);
  const form = board.forms.at(-1);
  assert.ok(form);
  assert.ok(form.includes(photo), 'the whole form is looked at, its file names too');
  for (const trace of ['Exif', 'II*\0', 'MM\0*', CAMERA, 'http://ns.adobe.com', 'IMG_4711']) {
    assert.ok(!form.includes(trace), `the form still holds ${JSON.stringify(trace)}`);
  }
  const { width, height, colours } = await decoded(page, photo, [
    [0.5, 0.1],
    [0.5, 0.9]
  ]);
  assert.deepEqual([width, height], [160, 320]);
  assert.ok(isNear(colours[0], [0xc0, 0, 0]) && isNear(colours[1], [0, 0, 0xc0]), 'red is above, blue below');
  const secrets = [CAMERA, 'IMG_4711', POSITION.latitude.toFixed(3), POSITION.longitude.toFixed(3)];
  await assertKeptToItself(seen, board.url, secrets);
  assert.deepEqual(seen.complaints, []);
  await seen.leave();
});

test('where a photo was taken only suggests a tile, which one may take or leave', async () => {
  const seen = await visit(browser, board.url);
  const { page } = seen;
  await choose(page, { name: 'a.jpg', buffer: await lying(page) });
  await page.getByText('The photo was taken in this tile: Töölönlahti').waitFor();
  assert.equal(await page.locator('[data-chosen]').textContent(), '46920bcf');
  await page.getByRole('button', { name: 'Choose Töölönlahti' }).click();
  assert.equal(await page.locator('[data-chosen]').textContent(), '46920a2d');
  await assertKeptToItself(seen, board.url, [POSITION.latitude.toFixed(3), POSITION.longitude.toFixed(3)]);
  await seen.leave();
});

test('a large photo leaves at most 2048 pixels long', async () => {
  const { page, leave } = await visit(browser, board.url);
  const large = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3000, 1200);
    canvas.getContext('2d');
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
  });
  await choose(page, { name: 'large.png', mimeType: 'image/png', buffer: Buffer.from(large, 'base64') });
  await sheet(page).waitFor();
  const { width, height, colours } = await decoded(page, await send(page), [[0.1, 0.1]]);
  assert.deepEqual([width, height], [2048, 819]);
  assert.ok(isNear(colours[0], [255, 255, 255]), 'what was see-through is white');
  await leave();
});

test('what is drawn over is gone from the bytes: brush, rectangle and keyboard', async () => {
  const { page, leave } = await visit(browser, board.url);
  await choose(page, { name: 'a.jpg', buffer: FACE });
  await sheet(page).waitFor();
  const box = await sheet(page).boundingBox();
  assert.ok(box);
  const { mouse } = page;
  const to = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await mouse.move(...to(0.1, 0.9));
  await mouse.down();
  await mouse.move(...to(0.9, 0.9), { steps: 8 });
  await mouse.up();
  await page.getByText('Rectangle', { exact: true }).click();
  await mouse.move(...to(0.7, 0.05));
  await mouse.down();
  await mouse.move(...to(0.95, 0.3), { steps: 4 });
  await mouse.up();
  await status(page, '2 masks.');
  await sheet(page).focus();
  await page.keyboard.press('Enter');
  for (let steps = 0; steps < 40; steps += 1) await page.keyboard.press('ArrowLeft');
  for (let steps = 0; steps < 40; steps += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Space');
  await status(page, '3 masks.');
  const brushed = [[0.2, 0.9], [0.5, 0.9], [0.8, 0.9]] as const;
  const framed = [[0.72, 0.07], [0.9, 0.27], [0.03, 0.03], [0.21, 0.18]] as const;
  const { colours } = await decoded(page, await send(page), [...brushed, ...framed]);
  colours.forEach((colour, index) => assert.ok(isNear(colour, MASK), `place ${index} is ${colour}`));
  const open = await decoded(page, board.photos.at(-1) ?? Buffer.alloc(0), [[0.5, 0.7]]);
  assert.ok(!isNear(open.colours[0], MASK), 'what was not drawn over is there');
  await leave();
});

test('a mask can be undone', async () => {
  const { page, leave } = await visit(browser, board.url);
  await choose(page, { name: 'a.jpg', buffer: FACE });
  await sheet(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await status(page, 'One mask.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await status(page, 'No mask.');
  const { colours } = await decoded(page, await send(page), [[0.5, 0.5]]);
  assert.ok(!isNear(colours[0], MASK));
  await leave();
});

test('a face is found on the device, and one press covers it', async () => {
  const { page, leave } = await visit(browser, board.url);
  await choose(page, { name: 'a.jpg', buffer: FACE });
  const face = page.getByRole('button', { name: 'Cover face 1' });
  await face.press('Enter');
  await status(page, 'One mask.');
  assert.equal(await face.count(), 0);
  assert.ok(await sheet(page).evaluate((element) => element === document.activeElement), 'the focus is not lost');
  const { colours } = await decoded(page, await send(page), [
    [0.42, 0.3],
    [0.5, 0.35],
    [0.46, 0.45]
  ]);
  assert.ok(colours.every((colour) => isNear(colour, MASK)), 'eyes, cheek and mouth are covered');
  await leave();
});

test('a refused photo says the server’s sentence, keeps what was drawn, and is sent again', async () => {
  const { page, leave } = await visit(browser, board.url);
  await choose(page, { name: 'a.jpg', buffer: FACE });
  await page.getByRole('button', { name: 'Cover the face' }).click();
  await page.getByLabel('What the photo shows').fill('A pilot');
  board.refuseNext({ status: 422, detail: 'The picture cannot be decoded. Save it as JPEG and send that.' });
  await page.getByRole('button', { name: 'Send the photo' }).click();
  await page.getByText('The picture cannot be decoded. Save it as JPEG and send that.').waitFor();
  const before = board.photos.length;
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('Sent', { exact: true }).waitFor();
  const panel = page.getByRole('group', { name: 'Sent' });
  assert.ok(await panel.evaluate((element) => element === document.activeElement), 'the focus is where the photo is');
  assert.equal(await page.getByLabel('What the photo shows').inputValue(), 'A pilot');
  const { colours } = await decoded(page, board.photos[before] ?? Buffer.alloc(0), [[0.46, 0.4]]);
  assert.ok(isNear(colours[0], MASK));
  await leave();
});

test('without a network the photo is kept, and leaves when there is one', async () => {
  const { page, leave } = await visit(browser, board.url);
  await choose(page, { name: 'a.jpg', buffer: FACE });
  await page.getByRole('button', { name: 'Cover face 1' }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Send the photo' }).click();
  await page.getByRole('button', { name: 'Send again' }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('Sent', { exact: true }).waitFor();
  await leave();
});

test('what cannot be read says what to do, and can be left out', async () => {
  const { page, leave } = await visit(browser, board.url);
  await choose(page, { name: 'note.jpg', buffer: Buffer.from('this is no picture') });
  await page.getByText('This browser cannot read this picture.').waitFor();
  await page.getByText('Save it as JPEG').waitFor();
  await page.getByRole('button', { name: 'Leave this photo out' }).click();
  assert.equal(await page.getByText('This browser cannot read this picture.').count(), 0);
  await leave();
});

test('four photos at most, and it says so', async () => {
  const { page, leave } = await visit(browser, board.url);
  await choose(page, ...[1, 2, 3, 4, 5].map((number) => ({ name: `${number}.jpg`, buffer: FACE })));
  await page.getByText('Four photos: that is all a notice holds.').waitFor();
  assert.equal(await page.getByRole('group', { name: /Photo to prepare/ }).count(), 4);
  assert.ok(await page.locator('input[type=file]').isDisabled());
  await leave();
});

test('nothing of the detector is fetched before a photo is chosen, and no model that recognises is in the build', async () => {
  const seen = await visit(browser, board.url);
  assert.deepEqual(seen.requests.filter((request) => /detector|faces/.test(request.url())), []);
  await seen.leave();
  const files = globSync(join(board.built, '**/*.*'));
  const models = files.filter((path) => path.endsWith('.bin') || path.includes('manifest.json'));
  assert.ok(models.length > 0 && models.every((path) => path.includes('tiny_face_detector_model')));
  for (const path of files.filter((path) => path.endsWith('.js'))) {
    const code = readFileSync(path, 'latin1');
    for (const word of ['face_recognition', 'faceRecognition', 'FaceRecognition', 'descriptor_net']) {
      assert.ok(!code.includes(word), `${path} has ${word}`);
    }
  }
});

for (const look of LOOKS) {
  test(`nothing stands in anybody's way: ${look.colorScheme}, ${look.viewport.width} px`, async () => {
    const { page, leave } = await visit(browser, board.url, look);
    await choose(page, { name: 'a.jpg', buffer: FACE }, { name: 'b.jpg', buffer: Buffer.from('none') });
    await page.getByRole('button', { name: 'Cover face 1' }).waitFor();
    await page.getByText('This browser cannot read this picture.').waitFor();
    await assertAccessible(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');
    await send(page);
    await assertAccessible(page);
    await leave();
  });
}
