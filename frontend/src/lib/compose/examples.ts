import type { Category } from '#lib/gql/graphql';
import { m } from '#lib/paraglide/messages';

const EXAMPLES: Partial<Record<Category, () => string>> = {
  EVENT: m.example_event,
  HELP: m.example_help,
  GIVE_LEND: m.example_give,
  LOST_FOUND: m.example_lost,
  HAZARD: m.example_hazard,
  FAULT: m.example_fault,
  QUESTION: m.example_question,
  INCIDENT: m.example_incident
};

/** What belongs into a category, in three words. */
export const exampleOf = (category: Category): string => EXAMPLES[category]?.() ?? '';
