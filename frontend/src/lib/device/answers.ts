import { dropBegun, keepBegun, keptBegun } from './begun';

/** What somebody is writing below a notice: kept on this device only, until it is sent or taken back. */
export interface KeptAnswer {
  /** Minted once: however often it is sent, one answer comes of it. */
  clientKey: string;
  body: string;
  unsigned: boolean;
}

const keyOf = (post: string): string => `answer:${post}`;

export const keptAnswer = (post: string): Promise<KeptAnswer | undefined> => keptBegun(keyOf(post));
export const keepAnswer = (post: string, answer: KeptAnswer): Promise<unknown> => keepBegun(keyOf(post), answer);
export const dropAnswer = (post: string): Promise<unknown> => dropBegun(keyOf(post));
