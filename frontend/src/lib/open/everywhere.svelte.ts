import { ask } from '#lib/api/client';
import { OpenEverywhereDocument, type OpenEverywhereQuery } from '#lib/gql/graphql';

type Found = OpenEverywhereQuery;

/** The soonest; the rest is on the neighbourhoods' own pages. */
const FEW = 5;

/** The neighbourhoods of this board and their next events for everybody, as somebody finds them who knows none. */
export class OpenEverywhere {
  neighbourhoods = $state.raw<NonNullable<Found['neighbourhoods']>>([]);
  events = $state.raw<readonly NonNullable<Found['publicEvents']>['edges'][number]['node'][]>([]);

  /** The one neighbourhood of a board that has no other. */
  get only(): NonNullable<Found['neighbourhoods']>[number] | undefined {
    return this.neighbourhoods.length === 1 ? this.neighbourhoods[0] : undefined;
  }

  /** As it is now. Whatever was shown and is open no more goes. */
  async load(): Promise<void> {
    const { neighbourhoods, publicEvents } = await ask(OpenEverywhereDocument, { first: FEW });
    this.neighbourhoods = neighbourhoods ?? [];
    this.events = publicEvents?.edges.map(({ node }) => node) ?? [];
  }
}
