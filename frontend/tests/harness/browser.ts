import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright-core';

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking']
  });

/** A page, and everything that it sent or complained of. */
export interface Visit {
  page: Page;
  requests: Request[];
  complaints: string[];
  leave: () => Promise<void>;
}

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const requests: Request[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error' || /content.security.policy/i.test(line.text())) complaints.push(line.text());
  });
  await page.goto(url);
  await page.getByRole('heading', { name: 'Pickers' }).waitFor();
  return { page, requests, complaints, leave: () => context.close() };
}

/** Everything that a request says: its address, its headers and its body. */
export async function saidBy(request: Request): Promise<string> {
  const headers = await request.allHeaders();
  return [request.url(), JSON.stringify(headers), request.postDataBuffer()?.toString('latin1') ?? ''].join('\n');
}

/** No request of a visit says where somebody is, to three decimals, nor goes to anybody but the board. */
export async function assertKeptToItself({ requests }: Visit, url: string, secrets: readonly string[]): Promise<void> {
  for (const request of requests) {
    if (request.url().startsWith('blob:') || request.url().startsWith('data:')) continue;
    assert.ok(request.url().startsWith(url), `asked somebody else: ${request.url()}`);
    const said = await saidBy(request);
    for (const secret of secrets) assert.ok(!said.includes(secret), `${request.url()} says ${secret}`);
  }
}

export async function assertAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    []
  );
}

export const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [320, 1280].map((width) => ({ colorScheme, viewport: { width, height: 900 } }))
);
