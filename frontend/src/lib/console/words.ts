// What moderators read of a case, in words: why there is one, until when.
import type { CaseCause, Category, ContentKind, Doubt, JoinedBy, Lane } from '#lib/gql/moderator/graphql';
import { m } from '#lib/paraglide/messages';
import { nameOf } from '#lib/words/category';
import { clock } from './clock.svelte';

const HOUR_MS = 3_600_000;
/** Up to here a deadline is told in hours, then in days. */
const HOURS = 48;
/** What is left is little. */
const SOON_MS = 8 * HOUR_MS;

const LANES: Record<Lane, () => string> = {
  EVERY: m.console_lane_every,
  WAITS: m.console_lane_waits,
  NOTICES: m.console_lane_notices,
  AFTERWARDS: m.console_lane_afterwards,
  CLAIMED: m.console_lane_claimed
};

const CAUSES: Record<CaseCause, () => string> = {
  DEPICTED: m.console_cause_depicted,
  REPORTED: m.console_cause_reported,
  ABOUT_PEOPLE: m.console_cause_people,
  CONTESTED: m.console_cause_contested,
  AMENDED: m.console_cause_amended,
  FOUND: m.console_cause_found,
  NEWCOMER: m.console_cause_newcomer,
  PICTURES_WAIT: m.console_cause_pictures,
  SHOWN_UNREAD: m.console_cause_unread
};

/** How somebody became a member, for the end of a sentence. */
export const JOINED_BY: Record<JoinedBy, () => string> = {
  FOUNDING: m.console_joined_founding,
  OPERATOR: m.console_joined_operator,
  INVITE: m.console_joined_invite,
  VOUCHES: m.console_joined_vouches,
  POSTCARD: m.console_joined_postcard
};

/** Why a membership is doubted. */
export const DOUBTS: Record<Doubt, () => string> = {
  LIVES_ELSEWHERE: m.console_doubt_elsewhere,
  NOT_WHO_THEY_SAID: m.console_doubt_other,
  CODE_PASSED_ON: m.console_doubt_code
};

/** What waits to be shown: its author is told what came of it, whatever that is. */
const WAITING: readonly CaseCause[] = ['NEWCOMER', 'FOUND', 'CONTESTED', 'ABOUT_PEOPLE', 'AMENDED', 'PICTURES_WAIT'];

/** The parts of the queue, the whole of it first. */
export const LANE_NAMES = Object.entries(LANES) as [Lane, () => string][];

/** The part of the queue that an address names. */
export const laneIn = (text: string | null): Lane => LANE_NAMES.find(([lane]) => lane.toLowerCase() === text)?.[0] ?? 'EVERY';

/** Why there is a case, what weighs most first. The schema may grow: what has no name here is called by its own. */
export const causesOf = (causes: readonly CaseCause[]): string[] => {
  const order = Object.keys(CAUSES);
  return causes.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)).map((cause) => CAUSES[cause]?.() ?? cause);
};

export const waits = (causes: readonly CaseCause[]): boolean => causes.some((cause) => WAITING.includes(cause));

/** "Notice: danger", "Answer below: question". */
export function titleOf({ kind, category }: { kind: ContentKind; category: Category | null }): string {
  const about = category ? nameOf(category) : '';
  if (kind === 'COMMENT') return about ? m.console_answer_below({ category: about }) : m.console_answer();
  return about ? m.console_notice_of({ category: about }) : m.console_notice();
}

/** How long is left, to the hour. */
export function left(iso: string): string {
  const hours = Math.floor((Date.parse(iso) - clock.now) / HOUR_MS);
  if (hours < 0) return m.console_left_over();
  if (hours < 1) return m.console_left_less();
  return hours < HOURS ? m.console_left_hours({ count: hours }) : m.console_left_days({ count: Math.floor(hours / 24) });
}

/** Whether little is left. */
export const isSoon = (iso: string): boolean => Date.parse(iso) - clock.now < SOON_MS;
