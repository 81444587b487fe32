// Pictures of the real app with the demo, for the README: PALIER_BIN=… npm run shots
import { mkdirSync } from 'node:fs';
import { launch, Person } from '../tests/house/browser.ts';
import { Board, SLUG } from '../tests/house/palier.ts';

const FOLDER = '../docs/pictures';
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

mkdirSync(FOLDER, { recursive: true });
const [board, browser] = await Promise.all([Board.open(), launch()]);

interface Shot {
  name: string;
  path: string;
  /** What stands when the page does. */
  stands: string;
  person?: string;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  prepare?: (person: Person) => Promise<void>;
}

async function pictures({ page }: Person): Promise<void> {
  const near = page.locator('.photo img').first();
  if (await near.count()) await near.evaluate((image: HTMLImageElement) => image.decode());
}

async function writing(person: Person): Promise<void> {
  const { page } = person;
  await page.getByRole('radio', { name: /Perdu, trouvé/ }).check();
  await page.getByRole('textbox', { name: 'Titre' }).fill('Trouvé un casque de vélo bleu');
  await page.getByRole('textbox', { name: 'Texte' }).fill('Casque d’enfant, autocollant de baleine, laissé sur le muret du parc. Il vous attend chez moi.');
  await page.evaluate(() => scrollTo(0, 0));
}

const notice = async ({ page }: Person): Promise<void> => {
  await page.locator('.notice', { has: page.locator('.photo') }).first().locator('.notice-title a').click();
  await page.getByRole('heading', { name: 'Réponses' }).waitFor();
  await page.locator('.photo img').first().evaluate((image: HTMLImageElement) => image.decode());
};

const SHOTS: Shot[] = [
  { name: 'welcome', path: '/', stands: '.hero' },
  { name: 'board', path: `/n/${SLUG}`, stands: '.notice', person: 'myrtille', prepare: pictures },
  { name: 'board-dark', path: `/n/${SLUG}`, stands: '.notice', person: 'myrtille', colorScheme: 'dark', prepare: pictures },
  { name: 'board-phone', path: `/n/${SLUG}`, stands: '.notice', person: 'myrtille', viewport: PHONE, prepare: pictures },
  { name: 'write', path: '/new', stands: 'form', person: 'myrtille', prepare: writing },
  { name: 'notice', path: `/n/${SLUG}`, stands: '.photo', person: 'myrtille', prepare: notice },
  { name: 'notice-phone', path: `/n/${SLUG}`, stands: '.photo', person: 'myrtille', viewport: PHONE, colorScheme: 'dark', prepare: notice },
  { name: 'account', path: '/me', stands: '#devices', person: 'myrtille' }
];

for (const { name, path, stands, person: who, viewport = DESK, colorScheme = 'light', prepare } of SHOTS) {
  const person = await Person.at(board, browser, { viewport, colorScheme, reducedMotion: 'reduce' });
  if (who) await person.signIn(`${who}@example.org`);
  await person.open(path);
  await person.page.locator(stands).first().waitFor();
  await prepare?.(person);
  await person.page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage: process.argv.includes('--whole') });
  await person.close();
}
await browser.close();
await board.close();
