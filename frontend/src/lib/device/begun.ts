// What somebody began to write for a notice and did not send. It is theirs, so it outlives the notice and the session;
// and a copy of what was taken down, so it does not for long.
import { all, get, put, remove } from './database';

/** After it was last in its writer's sight. */
const STAYS_MS = 7 * 86_400_000;

interface Begun<T> {
  key: string;
  /** In milliseconds since 1970. */
  until: number;
  what: T;
}

const isOver = ({ until }: Begun<unknown>): boolean => until <= Date.now();

/** What was begun, which is in its writer's sight again. */
export async function keptBegun<T>(key: string): Promise<T | undefined> {
  const begun = await get<Begun<T>>('begun', key);
  if (!begun || isOver(begun)) return undefined;
  await keepBegun(key, begun.what);
  return begun.what;
}

export function keepBegun<T>(key: string, what: T): Promise<unknown> {
  const begun: Begun<T> = { key, until: Date.now() + STAYS_MS, what };
  return put('begun', key, begun);
}

export const dropBegun = (key: string): Promise<unknown> => remove('begun', key);

/** Throws away what nobody came back to. */
export async function dropLapsed(): Promise<void> {
  for (const begun of await all<Begun<unknown>>('begun')) if (isOver(begun)) await dropBegun(begun.key);
}
