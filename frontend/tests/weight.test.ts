// What the first view of a board costs, as it goes over the wire, and what is not in the build at all.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { launch, Person } from './house/browser.ts';
import { Board } from './house/palier.ts';

const MOST = 60_000;
const BUILD = new URL('../build/', import.meta.url).pathname;

declare global {
  interface Window {
    /** When the first notice stood, in milliseconds of the page. */
    stood?: number;
  }
}

/** Runs in the page before anything of it. */
function watchForNotice(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.notice')) return;
    window.stood = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** Runs in the page: the scripts that it had asked for when the first notice stood, and those that came after. */
function scriptsOf(): { first: string[]; later: string[] } {
  const loaded = performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname.endsWith('.js'));
  const paths = (entries: PerformanceEntry[]): string[] => entries.map(({ name }) => new URL(name).pathname);
  const early = ({ startTime }: PerformanceEntry): boolean => startTime <= (window.stood ?? Infinity);
  return { first: paths(loaded.filter(early)), later: paths(loaded.filter((entry) => !early(entry))) };
}

const weigh = (paths: readonly string[]): number =>
  paths.map((path) => gzipSync(readFileSync(BUILD + path), { level: 9 }).length).reduce((sum, size) => sum + size, 0);

test('the first view of a board loads little, and what few ask for comes when they do', async (t) => {
  const [board, browser] = await Promise.all([Board.open(), launch()]);
  const person = await Person.at(board, browser, { serviceWorkers: 'block' });
  const followedBefore = person.page.waitForEvent('websocket');
  await person.signIn('myrtille@example.org');
  await followedBefore;
  await person.page.addInitScript(watchForNotice);
  const followed = person.page.waitForEvent('websocket');
  await person.page.reload();
  await followed;
  const { first, later } = await person.page.evaluate(scriptsOf);
  await browser.close();
  await board.close();

  const size = (paths: readonly string[]): string => `${paths.length} scripts, ${(weigh(paths) / 1000).toFixed(1)} kB gzip`;
  t.diagnostic(`until the first notice stands: ${size(first)} (at most ${MOST / 1000} kB); after it: ${size(later)}`);
  assert.ok(weigh(first) <= MOST, size(first));
  assert.ok(later.length > 0, 'what follows the board comes after it');
  assert.ok(![...first, ...later].some((path) => /maplibre|face|screening/.test(path)));
});

test('no model that recognises faces is in the build, and no style or script stands in the page', () => {
  const files = globSync('**/*', { cwd: BUILD });
  assert.deepEqual(files.filter((file) => /recognition|landmark|expression|age_gender/i.test(file)), []);
  const page = readFileSync(`${BUILD}index.html`, 'utf8');
  assert.ok(!/<style|\sstyle="/.test(page.replace(/<div style="display: contents">/, '')));
  assert.match(page, /http-equiv="content-security-policy"/i);
  assert.ok(!/unsafe-inline|unsafe-eval/.test(page));
});
