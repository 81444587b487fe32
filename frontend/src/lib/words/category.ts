import type { Category } from '#lib/gql/graphql';
import { m } from '#lib/paraglide/messages';

/** A category to choose from, with its mark and what the board allows for it. What somebody did goes by a form instead. */
export interface Rules {
  category: Category;
  /** Its mark and hue, and its name in addresses. */
  mark: string;
  /** How long a notice stays if its author does not say, and how long it may, in days; an event: after its end. */
  days: number;
  longest: number;
  photos: boolean;
}

// In the order of the board's own table: joyful things first.
export const CATEGORIES: readonly Rules[] = [
  { category: 'EVENT', mark: 'event', days: 1, longest: 180, photos: true },
  { category: 'HELP', mark: 'help', days: 14, longest: 30, photos: false },
  { category: 'GIVE_LEND', mark: 'give', days: 14, longest: 30, photos: true },
  { category: 'LOST_FOUND', mark: 'lost', days: 21, longest: 60, photos: true },
  { category: 'HAZARD', mark: 'hazard', days: 3, longest: 14, photos: true },
  { category: 'FAULT', mark: 'fault', days: 30, longest: 60, photos: true },
  { category: 'QUESTION', mark: 'question', days: 14, longest: 30, photos: true },
  { category: 'INCIDENT', mark: 'incident', days: 7, longest: 30, photos: true }
];

export const rulesOf = (category: Category | undefined): Rules | undefined =>
  CATEGORIES.find((rules) => rules.category === category);

export const rulesByMark = (mark: string | null): Rules | undefined => CATEGORIES.find((rules) => rules.mark === mark);

/** The mark of any category; none for posts about people, on purpose. */
export const markOf = (category: Category): string | undefined => rulesOf(category)?.mark;

const NAMES: Record<Category, () => string> = {
  EVENT: m.category_event,
  HELP: m.category_help,
  GIVE_LEND: m.category_give,
  LOST_FOUND: m.category_lost,
  HAZARD: m.category_hazard,
  FAULT: m.category_fault,
  QUESTION: m.category_question,
  INCIDENT: m.category_incident,
  CONCERNING_BEHAVIOUR: m.category_behaviour
};

/** The schema may grow: a category without a name here is called by its own. */
export const nameOf = (category: Category): string => NAMES[category]?.() ?? category;
