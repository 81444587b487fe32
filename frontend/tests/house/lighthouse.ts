// Lighthouse on the board of the demo, as somebody sees it who is signed in and whose phone has nothing of it yet.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { type Result } from 'lighthouse';
import { chromium, type Cookie } from 'playwright-core';
import { FLAGS, launch, Person } from './browser.ts';
import { Board, freePort, SLUG } from './palier.ts';

export type Category = 'performance' | 'accessibility' | 'best-practices';

/** Of a category, from 0 to 1. */
export const scoreOf = (result: Result, category: Category): number => result.categories[category]?.score ?? 0;

/** What of a category is not as good as it could be. */
export function findings(result: Result, category: Category): string[] {
  const audits = result.categories[category]?.auditRefs ?? [];
  return audits
    .filter(({ weight }) => weight > 0)
    .flatMap(({ id }) => result.audits[id] ?? [])
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, title, displayValue }) => `${id}: ${title} ${displayValue ?? ''}`);
}

/** Measures the board so many times, each in a browser that has a session and nothing else. */
export async function measureBoard(categories: Category[], runs: number): Promise<Result[]> {
  const [board, browser] = await Promise.all([Board.open(), launch()]);
  const person = await Person.at(board, browser);
  await person.signIn('myrtille@example.org');
  const cookies = await person.context.cookies();
  await browser.close();
  const url = `${board.origin}/n/${SLUG}`;
  const results: Result[] = [];
  for (let run = 0; run < runs; run += 1) results.push(await measure(url, cookies, categories));
  await board.close();
  for (const { finalDisplayedUrl } of results) assert.equal(finalDisplayedUrl, url, 'it looked at the board');
  return results;
}

async function measure(url: string, cookies: Cookie[], categories: Category[]): Promise<Result> {
  const profile = mkdtempSync(join(tmpdir(), 'palier-lighthouse-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    // The whole browser draws a window of its own besides, which nobody sees: on few cores that is what would be measured.
    executablePath: '/usr/bin/chromium-headless-shell',
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
      onlyCategories: categories
    });
    assert.ok(measured && !measured.lhr.runtimeError, measured?.lhr.runtimeError?.message);
    return measured.lhr;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
