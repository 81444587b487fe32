// Which notices stood before the reader's eyes, and on which day: no word of them. No server knows it; so this device is what can
// say that one was corrected or taken down since. It goes when the copy of the notice does, or once its end was told.
import { all, put, remove } from './database';
import { keptNotice } from './kept';

const DAY_MS = 86_400_000;
/** So long the board tells what moderators took down. */
const TOLD_MS = 15 * DAY_MS;

export interface Seen {
  id: string;
  neighbourhood: string;
  /** As which it was seen. */
  version: number;
  /** The midnight, in UTC, with which that day began: days of what happens to notices are told so. */
  day: number;
}

/** It stands before the reader's eyes. */
export function saw({ id, version }: { id: string; version: number }, neighbourhood: string): Seen {
  const seen = { id, neighbourhood, version, day: Math.floor(Date.now() / DAY_MS) * DAY_MS };
  // A device that cannot keep anything tells of what it sees happen.
  void put('seen', id, seen).catch(() => {});
  return seen;
}

/** Of a neighbourhood; what is too old to be told of, wherever it was seen, goes. */
export async function keptSeen(neighbourhood: string): Promise<Seen[]> {
  const kept = await all<Seen>('seen');
  for (const { id, day } of kept) if (Date.now() - day > TOLD_MS && !(await keptNotice(id))) await dropSeen(id);
  return kept.filter((seen) => seen.neighbourhood === neighbourhood);
}

export const dropSeen = (id: string): Promise<unknown> => remove('seen', id);
