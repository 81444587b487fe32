import { act, ask } from '#lib/api/client';
import { JoiningDocument, WithdrawJoiningDocument, type JoiningQuery } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

/** What the reader asked for to join, as it is now. */
export class Joining {
  /** Undefined until it was asked for. */
  asked = $state.raw<JoiningQuery['joining'] | undefined>();

  async load(): Promise<void> {
    const waiting = this.asked?.vouches.length ?? 0;
    this.asked = (await ask(JoiningDocument, {})).joining;
    // What is no longer asked for may have come true.
    if (this.asked.vouches.length < waiting) await session.load();
  }

  /** Neither vouches nor a postcard are asked for there any more. */
  async withdraw(neighbourhood: string): Promise<void> {
    await act(WithdrawJoiningDocument, { input: { neighbourhood } });
    await this.load();
  }
}
