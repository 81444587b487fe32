import type { Category, Signature } from '#lib/gql/graphql';
import { dropBegun, keepBegun, keptBegun } from './begun';
import type { Draft, DraftForm } from './drafts';

/** What its author makes of a notice that is up: kept on this device only, until it is sent or given up. */
export interface KeptEdit extends Hung {
  title: string;
  body: string;
  event: Draft['event'];
  /** Of a notice about what somebody did. */
  form: DraftForm | undefined;
}

/** Of the notice that it changes, as much as a new one is made of: that one may be gone when its author comes back. */
export interface Hung {
  post: string;
  category: Category;
  /** The token of the tile. */
  tile: string;
  signature: Signature;
  hasPhotos: boolean;
}

const keyOf = (post: string): string => `edit:${post}`;

export const keptEdit = (post: string): Promise<KeptEdit | undefined> => keptBegun(keyOf(post));
export const keepEdit = (edit: KeptEdit): Promise<unknown> => keepBegun(keyOf(edit.post), edit);
export const dropEdit = (post: string): Promise<unknown> => dropBegun(keyOf(post));
