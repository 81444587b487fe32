// A page that is opened asks who is here. The address of a board asks for what hangs there in the same question, and its
// code is fetched meanwhile: on a slow network each thing that waits for another is what a reader waits for.
import { ask, askParts } from '#lib/api/client';
import type { Fault } from '#lib/api/fault';
import {
  OpeningDocument,
  ViewerDocument,
  type Category,
  type MeFragment,
  type PageFragment
} from '#lib/gql/graphql';
import { rulesByMark } from '#lib/words/category';

/** What a reader sees at first, a few screens. */
export const FIRST = 12;

/** What a board shows, in one text. */
export const keyOf = (neighbourhood: string, category: Category | undefined, tiles: readonly string[]): string =>
  [neighbourhood, category ?? '', ...tiles].join(':');

let opened: { key: string; page: PageFragment | undefined; fault: Fault | undefined } | undefined;

/** Who is signed in, if anybody is. */
export async function whoIsHere(): Promise<MeFragment | null> {
  const slug = /^\/n\/([a-z0-9-]+)$/.exec(location.pathname)?.[1];
  const search = new URLSearchParams(location.search);
  // Which tiles are near only who is here can say.
  if (!slug || search.has('near')) return (await ask(ViewerDocument, {})).viewer;
  void import('#lib/feed/BoardView.svelte').catch(() => {});
  const category = rulesByMark(search.get('c'))?.category;
  const question = { slug, categories: category ? [category] : null, first: FIRST };
  const { data, fault } = await askParts(OpeningDocument, question);
  const { viewer, neighbourhood } = data;
  if (!viewer && fault) throw fault;
  const page = neighbourhood?.feed ?? undefined;
  opened = neighbourhood && (page || fault) ? { key: keyOf(neighbourhood.id, category, []), page, fault } : undefined;
  return viewer;
}

/** The first page of a board, once, if it came with the answer to who is here; throws why it did not, if that was said. */
export function takeOpened(key: string): PageFragment | undefined {
  const found = opened;
  opened = undefined;
  if (found?.key !== key) return undefined;
  if (found.fault) throw found.fault;
  return found.page;
}
