// A new neighbourhood from its first founder on, and what of it goes when its time is over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, leave } from './house/home.ts';
import { codeFrom, joinWith, OWN_PASSWORD } from './house/joining.ts';
import { release } from './house/moderating.ts';
import { putUp, title, up, write } from './house/writing.ts';

const house = new House();

const BOARD = '/n/les-tanneurs';
const DAY_MS = 86_400_000;

test('a founder opens a neighbourhood, invites a newcomer, is appointed and reads what they write; in time it comes down', async (t) => {
  const founder = await house.anybody();
  const newcomer = await house.anybody();

  await t.test('an empty board, and the founder’s first notice hangs at once', async () => {
    await joinWith(founder, house.board, await house.board.found('les-tanneurs', 'Les Tanneurs'), 'fondatrice@example.org');
    assert.equal(new URL(founder.page.url()).pathname, BOARD);
    await founder.page.locator('.empty').waitFor();
    await write(founder, /Question/, 'Premier mot des Tanneurs', 'Qui habite ici ?');
    await up(founder);
  });

  await t.test('the newcomer finds it, and what they write waits for a moderator', async () => {
    await joinWith(newcomer, house.board, await codeFrom(founder), 'arrivant@example.org');
    await title(newcomer, 'Premier mot des Tanneurs').waitFor();
    await write(newcomer, /Coup de main/, 'Saler devant la tannerie', 'Jusqu’au dégel.');
    await newcomer.page.getByRole('combobox', { name: 'Se décroche' }).selectOption('3');
    await putUp(newcomer);
    await newcomer.page.getByText('Reçue, pas encore affichée.').waitFor();
  });

  const reader = await house.anybody();
  await t.test('appointed, the founder releases it, and it hangs before who reads', async () => {
    await reader.page.clock.install();
    await joinWith(reader, house.board, await codeFrom(founder), 'lectrice@example.org');
    await house.board.operate('neighbourhood', 'appoint', '--slug', 'les-tanneurs', '--email', 'fondatrice@example.org');
    // What somebody is was known for a while where they are signed in already; another device asks.
    const phone = await house.anybody();
    await phone.signIn('fondatrice@example.org', OWN_PASSWORD);
    await release(phone, 'Jusqu’au dégel', '/n/les-tanneurs/console');
    await leave(phone);
    await title(reader, 'Saler devant la tannerie').waitFor();
    await newcomer.open(BOARD);
    await title(newcomer, 'Saler devant la tannerie').waitFor();
  });

  await t.test('when its time is over it goes from the board and from the device, and what hangs longer stays', async () => {
    await reader.page.clock.fastForward(4 * DAY_MS);
    await title(reader, 'Saler devant la tannerie').waitFor({ state: 'detached' });
    await title(reader, 'Premier mot des Tanneurs').waitFor();
    await reader.gone('Saler devant la tannerie');
  });

  await leave(founder, newcomer, reader);
});
