import { eventFields } from '#lib/compose/event';
import type { CardFragment } from '#lib/gql/graphql';

/** What its author makes of a notice. It outlives the notice, which may go meanwhile. */
export class Edit {
  readonly before: CardFragment;
  title = $state('');
  body = $state('');
  event = $state(eventFields(null));

  constructor(before: CardFragment) {
    this.before = before;
    this.title = before.title;
    this.body = before.body;
    this.event = eventFields(before.event);
  }
}
