// What a statement tells of, in words.
import type { ContentKind, DecisionFragment, Occasion, StatementFragment } from '#lib/gql/graphql';
import { m } from '#lib/paraglide/messages';

const TITLES: Record<Occasion, Record<ContentKind, () => string>> = {
  DECISION: { POST: m.statement_own_post, COMMENT: m.statement_own_comment },
  REPORT_DECIDED: { POST: m.statement_reported_post, COMMENT: m.statement_reported_comment },
  APPEAL_DECIDED: { POST: m.statement_appealed, COMMENT: m.statement_appealed },
  LAPSED: { POST: m.statement_lapsed, COMMENT: m.statement_lapsed_comment }
};

/** The schema may grow: what has no name here is a decision that concerns the reader. */
export const titleOf = ({ occasion, kind }: Pick<StatementFragment, 'occasion' | 'kind'>): string =>
  TITLES[occasion]?.[kind]?.() ?? m.statement_list();

/** Whether something was taken from the author. */
const isRestrictive = ({ measure, mediaRemoved, pausedUntil, aboutPeoplePausedUntil }: DecisionFragment): boolean =>
  (measure !== null && measure !== 'KEEP') || mediaRemoved.length > 0 || pausedUntil !== null || aboutPeoplePausedUntil !== null;

/** What a decision that is reversed had taken: something of a notice or of an answer; pictures, for somebody who is in them; or
 * nothing, which who reported it appealed. */
export function takenBy({ kind, decision }: StatementFragment): ContentKind | 'picture' | 'nothing' {
  if (!decision) return kind;
  if (!isRestrictive(decision)) return 'nothing';
  return decision.rule === 'DEPICTION' && decision.mediaRemoved.length > 0 ? 'picture' : kind;
}

/** Whether its addressee could have appealed: who wrote it where something was taken, who reported it where nothing was. */
export function wasAppealable({ occasion, decision }: StatementFragment): boolean {
  if (!decision) return false;
  return (occasion === 'DECISION' && isRestrictive(decision)) || (occasion === 'REPORT_DECIDED' && !isRestrictive(decision));
}
