// What moderators decide, and by which rule, in words.
import type { Ground, HouseRule, Measure } from '#lib/gql/moderator/graphql';
import { m } from '#lib/paraglide/messages';

interface Rule {
  /** As it stands in a list. */
  name: () => string;
  /** As it is told to whom it concerns. */
  sentence: () => string;
}

// In the order in which a moderator looks for one: what the board is about first.
const RULES: Record<HouseRule, Rule> = {
  NONE_BROKEN: { name: m.reasons_rule_none, sentence: m.reasons_rule_none_text },
  PROFILING: { name: m.reasons_rule_profiling, sentence: m.reasons_rule_profiling_text },
  PRESENCE: { name: m.reasons_rule_presence, sentence: m.reasons_rule_presence_text },
  ORIGIN_NAMED: { name: m.reasons_rule_origin, sentence: m.reasons_rule_origin_text },
  PRIVATE_DATA: { name: m.reasons_rule_data, sentence: m.reasons_rule_data_text },
  DEPICTION: { name: m.reasons_rule_depiction, sentence: m.reasons_rule_depiction_text },
  INSULT: { name: m.reasons_rule_insult, sentence: m.reasons_rule_insult_text },
  THREAT: { name: m.reasons_rule_threat, sentence: m.reasons_rule_threat_text },
  FALSE_ALARM: { name: m.reasons_rule_alarm, sentence: m.reasons_rule_alarm_text },
  SPAM: { name: m.reasons_rule_spam, sentence: m.reasons_rule_spam_text },
  OFF_TOPIC: { name: m.reasons_rule_topic, sentence: m.reasons_rule_topic_text },
  ILLEGAL: { name: m.reasons_rule_illegal, sentence: m.reasons_rule_illegal_text }
};

const MEASURES: Record<Measure, () => string> = {
  KEEP: m.reasons_measure_keep,
  ASK_FOR_EDIT: m.reasons_measure_edit,
  LIMIT: m.reasons_measure_limit,
  REMOVE: m.reasons_measure_remove
};

const GROUNDS: Record<Ground, () => string> = {
  HOUSE_RULES: m.reasons_ground_house,
  LAW: m.reasons_ground_law
};

export const HOUSE_RULES = Object.keys(RULES) as HouseRule[];

/** The schema may grow: what has no name here is called by its own. */
export const ruleName = (rule: HouseRule): string => RULES[rule]?.name() ?? rule;
/** What a rule says. */
export const ruleSentence = (rule: HouseRule): string => RULES[rule]?.sentence() ?? rule;
/** What became of it, in a word. */
export const measureName = (measure: Measure): string => MEASURES[measure]?.() ?? measure;
/** On what a decision stands. */
export const groundName = (ground: Ground): string => GROUNDS[ground]?.() ?? ground;
