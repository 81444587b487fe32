import { ask } from '#lib/api/client';
import { drop, dropAll, keepCursor, keptCursor } from '#lib/device/kept';
import { TombstonesDocument } from '#lib/gql/graphql';

/** Throws away what was taken down while this device was away, whatever page it comes back to. */
export async function purge(neighbourhood: string): Promise<void> {
  await drop();
  let since = await keptCursor(neighbourhood);
  while (since) {
    const { tombstones } = await ask(TombstonesDocument, { neighbourhood, since });
    const { ids, cursor, hasNextPage, reload } = tombstones;
    if (reload) return dropAll();
    await drop(ids);
    await keepCursor(neighbourhood, cursor);
    since = hasNextPage ? cursor : undefined;
  }
}
