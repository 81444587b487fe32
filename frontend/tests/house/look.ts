// What axe and a ruler say of a page as it stands.
import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Person } from './browser.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [320, 1280];
const SCHEMES = ['light', 'dark'] as const;

async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Runs in the page: the fields that reach beyond the room that they have. */
const beyond = (): string[] =>
  [...document.querySelectorAll('.field')].flatMap((field) => {
    const { right } = field.getBoundingClientRect();
    const controls = [...field.querySelectorAll('input, select, textarea')];
    return controls.filter((control) => control.getBoundingClientRect().right > right + 1).map(({ outerHTML }) => outerHTML.slice(0, 80));
  });

/** Looks at a page as it stands, in each width and each scheme. */
export async function look(person: Person): Promise<void> {
  const { page } = person;
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const where = `${new URL(page.url()).pathname} ${colorScheme} ${width}`;
      assert.deepEqual(await barriers(page), [], where);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${where}: ${wide} px wide`);
      assert.deepEqual(await page.evaluate(beyond), [], where);
    }
  }
  person.isClean();
}
