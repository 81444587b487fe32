// A draft as the server takes it, and as neighbours will see it.
import type { Draft } from '#lib/device/drafts';
import type { CardFragment, EventInput, MemberFragment, PublishPostInput } from '#lib/gql/graphql';
import { m } from '#lib/paraglide/messages';
import { rulesOf } from '#lib/words/category';
import { eventInput } from './event';

const DAY_MS = 86_400_000;

const eventOf = ({ category, event }: Draft): EventInput | null => (category === 'EVENT' ? eventInput(event) : null);

/** When it comes down, where the author chose; whole minutes, so that sending it again is the same. */
function chosenEnd({ days, category }: Draft, now: number): string | null {
  if (days === undefined || category === 'EVENT') return null;
  return new Date(Math.floor(now / 60_000) * 60_000 + days * DAY_MS).toISOString();
}

/** Throws nothing and checks nothing: what is wrong with it, the server says. */
export function inputOf(draft: Draft, member: MemberFragment, now: number): PublishPostInput | undefined {
  if (!draft.category) return undefined;
  const pictures = rulesOf(draft.category)?.photos ? draft.pictures : [];
  return {
    clientKey: draft.clientKey,
    neighbourhood: member.neighbourhood.id,
    category: draft.category,
    title: draft.title,
    body: draft.body,
    cell: draft.cell ?? null,
    media: pictures.map(({ id }) => id),
    mediaAlt: pictures.map(({ alt }) => alt),
    event: eventOf(draft),
    expiresAt: chosenEnd(draft, now),
    signedAs: draft.signedAs ?? null
  };
}

const isHome = (draft: Draft, member: MemberFragment): boolean =>
  draft.cell === undefined || draft.cell === member.homeTile.token;

/** How it will be signed: with the pseudonym at home, as "a neighbour" elsewhere, unless the author says. */
export const signatureOf = (draft: Draft, member: MemberFragment): 'PSEUDONYM' | 'NEIGHBOUR' =>
  draft.signedAs ?? (isHome(draft, member) ? 'PSEUDONYM' : 'NEIGHBOUR');

function endOf(draft: Draft, now: number): string {
  const days = draft.days ?? rulesOf(draft.category)?.days ?? 0;
  const from = draft.category === 'EVENT' && draft.event.ends ? Date.parse(draft.event.ends) : now;
  return new Date(from + days * DAY_MS).toISOString();
}

/** The same card that neighbours will see. */
export function preview(draft: Draft, member: MemberFragment, now: number): CardFragment {
  const { tiles } = member.neighbourhood;
  const tile = isHome(draft, member) ? member.homeTile : tiles?.find(({ token }) => token === draft.cell);
  const event = eventOf(draft);
  return {
    id: 'preview',
    category: draft.category ?? 'QUESTION',
    state: 'PUBLISHED',
    title: draft.title || m.preview_no_title(),
    body: draft.body || m.preview_no_text(),
    tile: tile ?? { token: 'X', name: m.tile_whole() },
    signedBy: signatureOf(draft, member) === 'PSEUDONYM' ? member.pseudonym : m.a_neighbour(),
    publishedAt: new Date(now).toISOString(),
    occurredAt: null,
    expiresAt: endOf(draft, now),
    edited: false,
    takesComments: false,
    mediaHeld: false,
    media: rulesOf(draft.category)?.photos
      ? draft.pictures.map((picture) => ({
          ...picture,
          small: `/media/${picture.id}/small`,
          large: `/media/${picture.id}/large`
        }))
      : [],
    event: event && {
      ...event,
      placeName: event.placeName ?? '',
      capacity: event.capacity ?? null,
      audience: event.audience ?? 'NEIGHBOURHOOD'
    }
  };
}
