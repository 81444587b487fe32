// Who asks for data by law, and what they get, in words. The schema may grow: what has no name here is called by its own.
import { m } from '#lib/paraglide/messages';

const NAMES: Record<string, () => string> = {
  COURT: m.authority_court,
  PROSECUTOR: m.authority_prosecutor,
  POLICE: m.authority_police,
  ADMINISTRATION: m.authority_administration,
  OTHER: m.authority_other
};
const WHAT: Record<string, () => string> = {
  REFUSED: m.given_refused,
  NOTHING_HELD: m.given_nothing,
  DISCLOSED: m.given_disclosed
};

export const AUTHORITIES = ['COURT', 'PROSECUTOR', 'POLICE', 'ADMINISTRATION', 'OTHER'] as const;
export const GIVEN = ['REFUSED', 'NOTHING_HELD', 'DISCLOSED'] as const;

export const authorityName = (authority: string): string => NAMES[authority]?.() ?? authority;
export const givenName = (given: string): string => WHAT[given]?.() ?? given;
