// Draws the icons that browsers want as pixels from the mark. Run it when static/mark.svg changes.
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const MARK = readFileSync('static/mark.svg', 'utf8');
/** A maskable icon may be cut to a circle: the mark keeps away from the edge. */
const ICONS = [
  { name: '32', size: 32, margin: 0 },
  { name: '180', size: 180, margin: 18 },
  { name: '192', size: 192, margin: 0 },
  { name: '512', size: 512, margin: 0 },
  { name: 'maskable-512', size: 512, margin: 102 }
];

mkdirSync('static/icons', { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const { name, size, margin } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  const ground = margin ? '#1b4a3e' : 'transparent';
  await page.setContent(
    `<body style="margin:0;background:${ground}"><div style="padding:${margin}px;line-height:0">${MARK.replace('<svg', `<svg width="${size - 2 * margin}"`)}</div>`
  );
  await page.screenshot({ path: `static/icons/${name}.png`, omitBackground: true });
}
await browser.close();
