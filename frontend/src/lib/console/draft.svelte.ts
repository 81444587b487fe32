import type {
  DecideCaseInput,
  DecisionFragment,
  Ground,
  HouseRule,
  Measure,
  OpenFragment
} from '#lib/gql/moderator/graphql';
import { HOUSE_RULES } from '#lib/reasons/words';
import { clock } from './clock.svelte';

const DAY_MS = 86_400_000;
/** For so long whoever profiled somebody does not write about people. */
const PROFILED_DAYS = 30;

export const MEASURES: readonly Measure[] = ['KEEP', 'ASK_FOR_EDIT', 'LIMIT', 'REMOVE'];
/** Nobody changes an answer, and nobody answers it. */
const OF_COMMENTS: readonly Measure[] = ['KEEP', 'REMOVE'];

/** A decision that is being written. What goes with what is the server's rule; here it only cannot be said otherwise. */
export class Draft {
  measure = $state<Measure | undefined>();
  removed = $state<string[]>([]);
  pauseDays = $state(0);
  /** Which rule is broken, where one is. */
  broken = $state<HouseRule | ''>('');
  facts = $state('');

  /** Whether it takes anything from anybody: then a rule is broken, else none is. */
  get isRestrictive(): boolean {
    return (this.measure !== undefined && this.measure !== 'KEEP') || this.removed.length > 0 || this.pauseDays > 0;
  }

  get rule(): HouseRule | undefined {
    return this.isRestrictive ? this.broken || undefined : 'NONE_BROKEN';
  }

  /** The law is the ground of what it forbids, and of nothing else. */
  get ground(): Ground {
    return this.rule === 'ILLEGAL' ? 'LAW' : 'HOUSE_RULES';
  }

  get isBegun(): boolean {
    return this.measure !== undefined || this.facts.trim() !== '';
  }

  /** What is not there any more is not taken out. */
  fit({ content }: OpenFragment): void {
    const there = content?.post?.media.map(({ id }) => id) ?? [];
    this.removed = this.removed.filter((id) => there.includes(id));
  }

  /** As it would be told; nothing until what becomes of it and the rule are said. */
  get decision(): DecisionFragment | undefined {
    const { measure, rule } = this;
    if (!measure || !rule) return undefined;
    const until = (days: number): string | null => (days ? new Date(clock.now + days * DAY_MS).toISOString() : null);
    return {
      measure,
      mediaRemoved: this.removed,
      pausedUntil: until(this.pauseDays),
      aboutPeoplePausedUntil: until(measure === 'REMOVE' && rule === 'PROFILING' ? PROFILED_DAYS : 0),
      rule,
      ground: this.ground,
      facts: this.facts,
      automated: false
    };
  }

  /** As it is sent; nothing until all of it is said. */
  input({ id, version }: OpenFragment): DecideCaseInput | undefined {
    const { measure, rule, ground, pauseDays, facts } = this;
    if (!measure || !rule) return undefined;
    return { case: id, version, measure, mediaRemoved: [...this.removed], pauseDays, rule, ground, facts };
  }
}

/** What may become of it. */
export const measuresFor = ({ kind }: OpenFragment): readonly Measure[] => (kind === 'COMMENT' ? OF_COMMENTS : MEASURES);

/** The rules that can be broken. */
export const BREAKABLE: readonly HouseRule[] = HOUSE_RULES.filter((rule) => rule !== 'NONE_BROKEN');
