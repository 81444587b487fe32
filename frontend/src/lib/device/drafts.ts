import type { Category, Signature } from '#lib/gql/graphql';
import { get, put, remove } from './database';

/** A picture that was uploaded and waits in a draft. */
export interface DraftPicture {
  id: string;
  alt: string;
  blurhash: string;
  width: number;
  height: number;
}

/** A notice that is being written: kept on this device only. Times are what the form's fields hold. */
export interface Draft {
  /** Minted once: however often it is sent, one notice comes of it. */
  clientKey: string;
  /** When it was sent and no answer came, in milliseconds: a retry says the same to the letter. */
  triedAt: number | undefined;
  category: Category | undefined;
  title: string;
  body: string;
  /** Undefined: home. */
  cell: string | undefined;
  signedAs: Signature | undefined;
  /** Days until it comes down; undefined: as its category says. */
  days: number | undefined;
  pictures: DraftPicture[];
  event: { starts: string; ends: string; place: string; capacity: string; isPublic: boolean };
}

export function emptyDraft(): Draft {
  return {
    clientKey: crypto.randomUUID(),
    triedAt: undefined,
    category: undefined,
    title: '',
    body: '',
    cell: undefined,
    signedAs: undefined,
    days: undefined,
    pictures: [],
    event: { starts: '', ends: '', place: '', capacity: '', isPublic: false }
  };
}

/** Whether anything is written in it. */
export const isBegun = ({ category, title, body, pictures }: Draft): boolean =>
  category !== undefined || title.trim() !== '' || body.trim() !== '' || pictures.length > 0;

export const keptDraft = (neighbourhood: string): Promise<Draft | undefined> => get('drafts', neighbourhood);
export const keepDraft = (neighbourhood: string, draft: Draft): Promise<unknown> => put('drafts', neighbourhood, draft);
export const dropDraft = (neighbourhood: string): Promise<unknown> => remove('drafts', neighbourhood);
