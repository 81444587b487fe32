import type { CardFragment } from '#lib/gql/graphql';
import { get, put, remove } from './database';
import type { Draft } from './drafts';

/** What its author makes of a notice that is up: kept beside the drafts, on this device only, until it is sent or given up. */
export interface KeptEdit {
  /** The notice as it was; it may be gone when its author comes back. */
  before: CardFragment;
  title: string;
  body: string;
  event: Draft['event'];
}

const keyOf = (post: string): string => `edit:${post}`;

export const keptEdit = (post: string): Promise<KeptEdit | undefined> => get('drafts', keyOf(post));
export const keepEdit = (edit: KeptEdit): Promise<unknown> => put('drafts', keyOf(edit.before.id), edit);
export const dropEdit = (post: string): Promise<unknown> => remove('drafts', keyOf(post));
