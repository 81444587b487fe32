// What the first view of a board costs, as it goes over the wire, and what is not in the build at all.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { launch, Person } from './house/browser.ts';
import { Board } from './house/palier.ts';

const GOAL = 60_000;
const NEVER_ABOVE = 100_000;
const BUILD = new URL('../build/', import.meta.url).pathname;

test('the first view of a board loads little, and what few ask for comes when they do', async (t) => {
  const [board, browser] = await Promise.all([Board.open(), launch()]);
  const person = await Person.at(board, browser, { serviceWorkers: 'block' });
  await person.signIn('myrtille@example.org');
  const scripts = new Set<string>();
  person.page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname);
  });
  await person.page.reload();
  await person.page.locator('.notice').first().waitFor();
  await browser.close();
  await board.close();

  const bytes = [...scripts].map((path) => gzipSync(readFileSync(BUILD + path), { level: 9 }).length);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  t.diagnostic(`${scripts.size} scripts, ${(total / 1000).toFixed(1)} kB gzip (goal ${GOAL / 1000} kB)`);
  assert.ok(total <= NEVER_ABOVE, `${total} bytes`);
  assert.ok(![...scripts].some((path) => /maplibre|face/.test(path)));
});

test('no model that recognises faces is in the build, and no style or script stands in the page', () => {
  const files = globSync('**/*', { cwd: BUILD });
  assert.deepEqual(files.filter((file) => /recognition|landmark|expression|age_gender/i.test(file)), []);
  const page = readFileSync(`${BUILD}index.html`, 'utf8');
  assert.ok(!/<style|\sstyle="/.test(page.replace(/<div style="display: contents">/, '')));
  assert.match(page, /http-equiv="content-security-policy"/i);
  assert.ok(!/unsafe-inline|unsafe-eval/.test(page));
});
