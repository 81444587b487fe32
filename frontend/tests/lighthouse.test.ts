// Lighthouse on the board of the demo, as somebody sees it who is signed in and whose phone has nothing of it yet.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import lighthouse, { type Result } from 'lighthouse';
import { chromium, type Cookie } from 'playwright-core';
import { FLAGS, launch, Person } from './house/browser.ts';
import { Board, freePort, SLUG } from './house/palier.ts';

/** An odd number: the run in the middle counts, since a machine that is busy makes single ones slow. */
const RUNS = 3;
const LEAST = { performance: 0.95, accessibility: 1, 'best-practices': 1 };
type Category = keyof typeof LEAST;
const CATEGORIES = Object.keys(LEAST) as Category[];

const scoreOf = (result: Result, category: Category): number => result.categories[category]?.score ?? 0;

/** What of a category is not as good as it could be. */
function findings(result: Result, category: Category): string[] {
  const audits = result.categories[category]?.auditRefs ?? [];
  return audits
    .filter(({ weight }) => weight > 0)
    .flatMap(({ id }) => result.audits[id] ?? [])
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, title, displayValue }) => `${id}: ${title} ${displayValue ?? ''}`);
}

/** Measures once, in a browser that has a session and nothing else. */
async function measure(url: string, cookies: Cookie[]): Promise<Result> {
  const profile = mkdtempSync(join(tmpdir(), 'palier-lighthouse-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: [...FLAGS, `--remote-debugging-port=${port}`]
  });
  try {
    await context.addCookies(cookies);
    // A phone on a slow network: Lighthouse's own, and it works out what the page would have taken there.
    const measured = await lighthouse(url, {
      port,
      logLevel: 'error',
      disableStorageReset: true,
      formFactor: 'mobile',
      throttlingMethod: 'simulate',
      onlyCategories: CATEGORIES
    });
    assert.ok(measured && !measured.lhr.runtimeError, measured?.lhr.runtimeError?.message);
    return measured.lhr;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

test('Lighthouse finds the board quick, open to everybody and well made', async (t) => {
  const [board, browser] = await Promise.all([Board.open(), launch()]);
  const person = await Person.at(board, browser);
  await person.signIn('myrtille@example.org');
  const cookies = await person.context.cookies();
  await browser.close();

  const results: Result[] = [];
  for (let run = 0; run < RUNS; run += 1) results.push(await measure(`${board.origin}/n/${SLUG}`, cookies));
  await board.close();

  const short: string[] = [];
  for (const category of CATEGORIES) {
    const ranked = results.toSorted((a, b) => scoreOf(a, category) - scoreOf(b, category));
    const middle = ranked[(RUNS - 1) / 2] as Result;
    const said = [
      `${category}: ${ranked.map((result) => scoreOf(result, category)).join(', ')}`,
      ...findings(middle, category)
    ].join('\n');
    t.diagnostic(said);
    assert.match(middle.finalDisplayedUrl, new RegExp(`/n/${SLUG}$`), 'it looked at the board');
    if (scoreOf(middle, category) < LEAST[category]) short.push(said);
  }
  assert.deepEqual(short, []);
});
