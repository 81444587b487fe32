// What the form asks, in words: acts, and ordinary explanations.
import type { Act, OrdinaryExplanation } from '#lib/gql/graphql';
import { m } from '#lib/paraglide/messages';

const ACT_NAMES: Record<Act, () => string> = {
  TRIED_TO_OPEN: m.act_tried,
  TOOK_OR_DAMAGED: m.act_took,
  FOLLOWED_OR_THREATENED: m.act_followed,
  WENT_IN: m.act_went_in,
  PRETENDED: m.act_pretended,
  DID_ELSE: m.act_else
};

const EXPLANATION_NAMES: Record<OrdinaryExplanation, () => string> = {
  DELIVERY: m.ordinary_delivery,
  CANVASSER: m.ordinary_canvasser,
  METER_READER: m.ordinary_meter,
  VISITOR: m.ordinary_visitor,
  RESIDENT: m.ordinary_resident
};

export const ACTS = Object.keys(ACT_NAMES) as Act[];
export const EXPLANATIONS = Object.keys(EXPLANATION_NAMES) as OrdinaryExplanation[];

/** The schema may grow: what has no name here is called by its own. */
export const actName = (act: Act): string => ACT_NAMES[act]?.() ?? act;
export const explanationName = (explanation: OrdinaryExplanation): string => EXPLANATION_NAMES[explanation]?.() ?? explanation;

/** Several of them, within a sentence. */
export const explanationNames = (explanations: readonly OrdinaryExplanation[]): string =>
  explanations.map((explanation) => explanationName(explanation).toLowerCase()).join(' · ');
