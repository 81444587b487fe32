import { Fault } from '#lib/api/fault';
import { Sending } from '#lib/forms/sending.svelte';
import {
  CaseDocument,
  ClaimCaseDocument,
  DecideCaseDocument,
  RecuseCaseDocument,
  ReturnCaseDocument,
  type DecisionFragment,
  type OpenFragment
} from '#lib/gql/moderator/graphql';
import { clock, minutesLeft } from './clock.svelte';
import { actDesk, askDesk } from './ask';
import { Draft } from './draft.svelte';

/** A case that is open before a moderator, and what they are about to decide. */
export class OpenCase {
  readonly id: string;
  readonly draft = new Draft();
  /** As it stood when it was read last. */
  case = $state.raw<OpenFragment | undefined>();
  /** What came between: said until it is tried again. */
  said = $state<string | undefined>();
  /** It is not open any more: decided by somebody else, or gone. */
  closed = $state(false);
  /** What the caller decided. */
  decided = $state.raw<DecisionFragment | undefined>();
  readonly loading = new Sending();
  readonly sending = new Sending();
  #tell: (found: OpenFragment) => void;

  /** `tell` is called with how it stands, whenever that is learnt. */
  constructor(id: string, tell: (found: OpenFragment) => void) {
    this.id = id;
    this.#tell = tell;
  }

  /** Minutes for which nobody else decides it; 0: it is not the caller's, or no longer. */
  get minutes(): number {
    const found = this.case;
    return found?.claimedByMe && found.claimedUntil ? minutesLeft(found.claimedUntil) : 0;
  }

  get isMine(): boolean {
    return this.minutes > 0;
  }

  /** Until when another one has it; undefined where nobody else has. */
  get othersUntil(): string | undefined {
    const found = this.case;
    const until = found?.claimedByMe ? null : found?.claimedUntil;
    return until && minutesLeft(until) > 0 ? until : undefined;
  }

  /** Reads it; its subject can see that somebody did. */
  load(): Promise<boolean> {
    return this.loading.run(() => this.#read());
  }

  /** Takes it, or a quarter of an hour more. */
  claim(): Promise<boolean> {
    return this.#act(() => this.#take());
  }

  giveBack(): Promise<boolean> {
    return this.#act(async () => {
      await actDesk(ReturnCaseDocument, { input: { case: this.id } });
      if (this.case) this.#show({ ...this.case, claimedByMe: false, claimedUntil: null });
    });
  }

  recuse(): Promise<boolean> {
    return this.#act(async () => {
      await actDesk(RecuseCaseDocument, { input: { case: this.id } });
    });
  }

  decide(): Promise<boolean> {
    return this.#act(async () => {
      const input = this.case && this.draft.input(this.case);
      if (input) this.decided = (await actDesk(DecideCaseDocument, { input })).decideCase.decision;
    });
  }

  /** Does something to it. Where it stands otherwise by now that is said, and it is read again: what is typed stays. */
  async #act(work: () => Promise<void>): Promise<boolean> {
    this.said = undefined;
    const done = await this.sending.run(work);
    const { fault } = this.sending;
    if (fault?.trouble === 'conflict' || fault?.trouble === 'not-found') {
      this.sending.fault = undefined;
      this.said = fault.said;
      // It is not there to be read any more; whoever decided it knows what it said.
      if (fault.reason === 'WRONG_STATE') this.closed = true;
      else if (fault.reason !== 'CHANGED_MEANWHILE' || !(await this.#again())) await this.load();
    }
    return done;
  }

  /** Takes what the caller has once more, with what came since: whoever decides has read that. */
  #again(): Promise<boolean> {
    return this.loading.run(() => this.#take());
  }

  async #take(): Promise<void> {
    this.#show((await actDesk(ClaimCaseDocument, { input: { case: this.id } })).claimCase.case);
  }

  async #read(): Promise<void> {
    try {
      this.#show((await askDesk(CaseDocument, { id: this.id })).case);
    } catch (thrown) {
      const fault = Fault.from(thrown);
      if (fault.trouble !== 'conflict' && fault.trouble !== 'not-found') throw fault;
      this.said ??= fault.said;
      this.closed = true;
    }
  }

  #show(found: OpenFragment): void {
    clock.look();
    this.case = found;
    this.closed = false;
    this.draft.fit(found);
    this.#tell(found);
  }
}
