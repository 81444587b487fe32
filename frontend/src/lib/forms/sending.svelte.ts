import { Fault } from '#lib/api/fault';
import type { ReasonFragment } from '#lib/gql/graphql';

/** One form on its way: whether it is, what stopped it, and what was said about which field. */
export class Sending {
  busy = $state(false);
  fault = $state.raw<Fault | undefined>();
  reasons = $state.raw<ReasonFragment[]>([]);

  /** Runs what a form does, once at a time; tells whether it was done. */
  async run(work: () => Promise<ReasonFragment[] | undefined | void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.fault = undefined;
    this.reasons = [];
    try {
      this.reasons = (await work()) ?? [];
      return this.reasons.length === 0;
    } catch (thrown) {
      this.fault = Fault.from(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What was said about a field. */
  of(field: string): ReasonFragment[] {
    return this.reasons.filter((reason) => reason.field === field);
  }

  /** What was said about none of these fields. */
  beyond(fields: readonly string[]): ReasonFragment[] {
    return this.reasons.filter(({ field }) => !field || !fields.includes(field));
  }
}
