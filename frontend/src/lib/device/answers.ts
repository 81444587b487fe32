import { get, put, remove } from './database';

/** What somebody is writing below a notice: kept beside the drafts, on this device only, until it is sent or taken back. */
export interface KeptAnswer {
  /** Minted once: however often it is sent, one answer comes of it. */
  clientKey: string;
  body: string;
  unsigned: boolean;
}

const keyOf = (post: string): string => `answer:${post}`;

export const keptAnswer = (post: string): Promise<KeptAnswer | undefined> => get('drafts', keyOf(post));
export const keepAnswer = (post: string, answer: KeptAnswer): Promise<unknown> => put('drafts', keyOf(post), answer);
export const dropAnswer = (post: string): Promise<unknown> => remove('drafts', keyOf(post));
