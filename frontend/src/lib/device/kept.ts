// What was loaded is kept for reading offline, and goes when the notice does: withdrawn, expired, or signed out.
import type { CardFragment, MeFragment } from '#lib/gql/graphql';
import { all, clear, get, put, putAll, remove } from './database';
import { keepPictures } from './pictures';

/** A feed as it was last seen. */
export interface KeptPage {
  ids: string[];
  changesCursor: string;
  endCursor: string | null;
  hasNextPage: boolean;
  /** When, in milliseconds since 1970. */
  at: number;
}

const ME = 'me';
const WAS = 'was';
const cursorKey = (neighbourhood: string): string => `cursor:${neighbourhood}`;

const gone = ({ expiresAt }: CardFragment, now: number): boolean => Date.parse(expiresAt) <= now;

export async function keepPage(key: string, page: KeptPage, notices: CardFragment[]): Promise<void> {
  await putAll('notices', notices.map((notice) => [notice.id, notice] as const));
  await put('pages', key, page);
}

/** A feed as it was kept, without what is over by now. */
export async function keptPage(key: string): Promise<(KeptPage & { notices: CardFragment[] }) | undefined> {
  const page = await get<KeptPage>('pages', key);
  if (!page) return undefined;
  const found = await Promise.all(page.ids.map((id) => get<CardFragment>('notices', id)));
  const notices = found.filter((notice) => notice !== undefined).filter((notice) => !gone(notice, Date.now()));
  return { ...page, notices };
}

export async function keptNotice(id: string): Promise<CardFragment | undefined> {
  const notice = await get<CardFragment>('notices', id);
  return notice && !gone(notice, Date.now()) ? notice : undefined;
}

export const keepNotice = (notice: CardFragment): Promise<unknown> => put('notices', notice.id, notice);

/** Throws notices away, and what is over, and every picture that none of the rest shows. */
export async function drop(ids: Iterable<string> = []): Promise<void> {
  await Promise.all([...ids].map((id) => remove('notices', id)));
  const now = Date.now();
  const left: CardFragment[] = [];
  for (const notice of await all<CardFragment>('notices')) {
    if (gone(notice, now)) await remove('notices', notice.id);
    else left.push(notice);
  }
  await keepPictures(new Set(left.flatMap(({ media }) => media.map(({ id }) => id))));
}

export async function dropAll(): Promise<void> {
  await Promise.all([clear('notices'), clear('pages')]);
  await drop();
}

/** Up to where this device has heard what is gone; it begins with the first board that is kept. */
export const keptCursor = (neighbourhood: string): Promise<string | undefined> => get('pages', cursorKey(neighbourhood));
export const keepCursor = (neighbourhood: string, cursor: string): Promise<unknown> =>
  put('pages', cursorKey(neighbourhood), cursor);

export async function beginCursor(neighbourhood: string, cursor: string): Promise<void> {
  if (!(await keptCursor(neighbourhood))) await keepCursor(neighbourhood, cursor);
}

export const keepMe = (me: MeFragment): Promise<unknown> => put('self', ME, me);
export const keptMe = (): Promise<MeFragment | undefined> => get('self', ME);

/** Whose session ended by itself: what they chose and began to write is theirs when they come back, and nobody else's. */
export const keepWho = (resident: string): Promise<unknown> => put('choices', WAS, resident);
export const forgetWho = (): Promise<unknown> => remove('choices', WAS);
export const keptWho = (): Promise<string | undefined> => get('choices', WAS);

const HERE = 'neighbourhood';

/** In which neighbourhood somebody of several was last. */
export const keepHere = (neighbourhood: string): Promise<unknown> => put('choices', HERE, neighbourhood);
export const keptHere = (): Promise<string | undefined> => get('choices', HERE);
