import { goto } from '$app/navigation';
import type { MeFragment } from '#lib/gql/graphql';
import { adopt } from './language';
import { session } from './session.svelte';

/** A path on this board and nothing else: what an address may ask to go on to. */
function own(path: string | null): string | undefined {
  if (!path?.startsWith('/')) return undefined;
  const url = new URL(path, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : undefined;
}

/** Signed in: on to the page one came from, or to the board, in the language of the account. */
export async function arrive(me: MeFragment, next: string | null = null): Promise<void> {
  await session.enter(me);
  const home = session.home ? `/n/${session.home.neighbourhood.slug}` : '/join';
  const target = own(next) ?? home;
  if (adopt(me.locale)) location.assign(target);
  else await goto(target, { replaceState: true });
}
