import type { Person } from './browser.ts';
import type { Board } from './palier.ts';

/** What everybody chooses who joins. */
export const OWN_PASSWORD = 'quatre tasses sur un rebord';

/** Joins with a code, under the first name that is offered, and confirms the address by the mail; ends on the board. */
export async function joinWith(person: Person, board: Board, code: string, email: string): Promise<void> {
  const { page } = person;
  await person.open('/join');
  await page.getByLabel('Code d’invitation').fill(code);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByLabel('Adresse de courriel').fill(email);
  await page.getByLabel('Mot de passe').fill(OWN_PASSWORD);
  await page.getByRole('button', { name: /Rejoindre/ }).click();
  await page.getByRole('heading', { name: 'Regardez votre courriel' }).waitFor();
  await page.goto(await board.mailedLink(email));
  await page.getByRole('button', { name: 'Oui, ouvrir mon compte' }).click();
  await page.waitForURL('**/n/*');
}

/** Somebody with an invite makes a code for a neighbour. */
export async function codeFrom(person: Person): Promise<string> {
  await person.open('/me');
  await person.page.getByRole('button', { name: 'Faire un code' }).click();
  return (await person.page.locator('p.code').innerText()).trim();
}
