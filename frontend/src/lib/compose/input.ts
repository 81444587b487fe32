// A draft as the server takes it, and as neighbours will see it.
import type { Draft } from '#lib/device/drafts';
import type { CardFragment, Category, EventInput, MemberFragment, PublishPostInput, TileNameFragment } from '#lib/gql/graphql';
import { m } from '#lib/paraglide/messages';
import { momentOf } from '#lib/people/occurred';
import { WHOLE } from '#lib/places/levelMap';
import { rulesOf } from '#lib/words/category';
import { comesDown } from './ending';
import { eventInput } from './event';

const DAY_MS = 86_400_000;
/** What hangs on no smaller tile than those of level 13. */
const COARSE: ReadonlySet<Category> = new Set(['QUESTION', 'CONCERNING_BEHAVIOUR']);

const eventOf = ({ category, event }: Draft): EventInput | null => (category === 'EVENT' ? eventInput(event) : null);

/** When it comes down, where the author chose. */
function chosenEnd({ days, category }: Draft, now: number): string | null {
  if (days === undefined || !category || category === 'EVENT') return null;
  return new Date(comesDown(category, now, days)).toISOString();
}

/** Throws nothing and checks nothing: what is wrong with it, the server says. */
export function inputOf(draft: Draft, member: MemberFragment, now: number, contestFindings: boolean): PublishPostInput | undefined {
  if (!draft.category) return undefined;
  const pictures = rulesOf(draft.category)?.photos ? draft.pictures : [];
  const isIncident = draft.category === 'INCIDENT';
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
    occurredAt: isIncident ? momentOf(draft.occurred) : null,
    policeMayRead: isIncident ? (draft.policeMayRead ?? null) : null,
    expiresAt: chosenEnd(draft, now),
    signedAs: draft.signedAs ?? null,
    contestFindings
  };
}

const isHome = (draft: Draft, member: MemberFragment): boolean =>
  draft.cell === undefined || draft.cell === member.homeTile.token;

/** How it will be signed: with the pseudonym at home, as "a neighbour" elsewhere, unless the author says. */
export const signatureOf = (draft: Draft, member: MemberFragment): 'PSEUDONYM' | 'NEIGHBOUR' =>
  draft.signedAs ?? (isHome(draft, member) ? 'PSEUDONYM' : 'NEIGHBOUR');

/** The tile on which neighbours will find it: its category may want a wider one than was picked. */
export function tileOf(draft: Draft, member: MemberFragment): TileNameFragment {
  const picked = draft.cell ?? member.homeTile.token;
  const tile = member.neighbourhood.tiles?.find(({ token }) => token === picked);
  if (!tile) return { token: WHOLE, name: m.tile_whole() };
  return draft.category && COARSE.has(draft.category) ? tile.coarse : tile;
}

/** The same card that neighbours will see; what keeps it from being shown, as long as it does not tell its kind or its time. */
export function preview(draft: Draft, member: MemberFragment, now: number): CardFragment | 'no-category' | 'no-times' {
  const rules = rulesOf(draft.category);
  if (!rules) return 'no-category';
  const event = eventOf(draft);
  if (rules.category === 'EVENT' && !event) return 'no-times';
  const end = event ? Date.parse(event.endsAt) + DAY_MS : comesDown(rules.category, now, draft.days ?? rules.days);
  const signature = signatureOf(draft, member);
  return {
    id: 'preview',
    category: rules.category,
    state: 'PUBLISHED',
    title: draft.title || m.preview_no_title(),
    body: draft.body || m.preview_no_text(),
    tile: tileOf(draft, member),
    signature,
    signedBy: signature === 'PSEUDONYM' ? member.pseudonym : m.a_neighbour(),
    publishedAt: new Date(now).toISOString(),
    occurredAt: rules.category === 'INCIDENT' ? momentOf(draft.occurred) : null,
    expiresAt: new Date(end).toISOString(),
    edited: false,
    takesComments: false,
    version: 0,
    corrections: [],
    mediaHeld: false,
    behaviour: null,
    media: rules.photos
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
