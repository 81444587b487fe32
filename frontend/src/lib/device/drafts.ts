import type { Act, Category, FormStep, OrdinaryExplanation, Signature } from '#lib/gql/graphql';
import { get, put, remove } from './database';

/** A picture that was uploaded and waits in a draft. */
export interface DraftPicture {
  id: string;
  alt: string;
  blurhash: string;
  width: number;
  height: number;
}

/** The form for what somebody did, as far as it is filled in. */
export interface DraftForm {
  act: Act | undefined;
  harm: string;
  /** Whether somebody is in danger now; undefined: not answered. */
  danger: boolean | undefined;
  considered: OrdinaryExplanation[];
  whyNot: string;
  clothing: string;
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
  /** When it happened: a day such as 2026-11-23, and about which hour; empty: not said. */
  occurred: { day: string; hour: string };
  /** Whether police may read this incident; undefined: not answered for it. */
  policeMayRead: boolean | undefined;
  form: DraftForm;
  /** How far it was counted already; undefined: not at all. */
  counted: FormStep | undefined;
  event: { starts: string; ends: string; place: string; capacity: string; isPublic: boolean };
}

export const emptyForm = (): DraftForm => ({
  act: undefined,
  harm: '',
  danger: undefined,
  considered: [],
  whyNot: '',
  clothing: ''
});

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
    occurred: { day: '', hour: '' },
    policeMayRead: undefined,
    form: emptyForm(),
    counted: undefined,
    event: { starts: '', ends: '', place: '', capacity: '', isPublic: false }
  };
}

/** Whether anything is written in it. */
export const isBegun = ({ category, title, body, pictures, form }: Draft): boolean =>
  category !== undefined || form.act !== undefined || title.trim() !== '' || body.trim() !== '' || pictures.length > 0;

/** What of a draft stays when the form was sent with its words: the title and the photos of another notice. */
export function leftOf({ category, title, pictures }: Draft): Draft | undefined {
  if (title.trim() === '' && pictures.length === 0) return undefined;
  return { ...emptyDraft(), category, title, pictures };
}

export const keptDraft = (neighbourhood: string): Promise<Draft | undefined> => get('drafts', neighbourhood);
export const keepDraft = (neighbourhood: string, draft: Draft): Promise<unknown> => put('drafts', neighbourhood, draft);
export const dropDraft = (neighbourhood: string): Promise<unknown> => remove('drafts', neighbourhood);
