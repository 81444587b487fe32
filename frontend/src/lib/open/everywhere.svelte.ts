import { askParts } from '#lib/api/client';
import type { Fault } from '#lib/api/fault';
import { OpenEverywhereDocument, type OpenEverywhereQuery } from '#lib/gql/graphql';

type Found = OpenEverywhereQuery;

/** The soonest; the rest is on the neighbourhoods' own pages. */
const FEW = 5;

/** The neighbourhoods of this board and their next events for everybody, as somebody finds them who knows none. */
export class OpenEverywhere {
  neighbourhoods = $state.raw<NonNullable<Found['neighbourhoods']>>([]);
  events = $state.raw<readonly NonNullable<Found['publicEvents']>['edges'][number]['node'][]>([]);
  /** What there is, or that it cannot be had, is known. */
  asked = $state(false);
  /** Why the neighbourhoods or the events are not all there. */
  fault = $state.raw<Fault | undefined>();

  /** The one neighbourhood of a board that has no other. */
  get only(): NonNullable<Found['neighbourhoods']>[number] | undefined {
    return this.neighbourhoods.length === 1 ? this.neighbourhoods[0] : undefined;
  }

  /** As it is now. Whatever was shown and is open no more goes; a part that cannot be had stays as it was. */
  async load(): Promise<void> {
    try {
      const { data, fault } = await askParts(OpenEverywhereDocument, { first: FEW });
      this.neighbourhoods = data.neighbourhoods ?? this.neighbourhoods;
      this.events = data.publicEvents?.edges.map(({ node }) => node) ?? this.events;
      this.fault = fault;
    } finally {
      this.asked = true;
    }
  }
}
