import { onSignedOut } from '#lib/api/client';
import { Fault } from '#lib/api/fault';
import { seal } from '#lib/device/database';
import { forget } from '#lib/device/forget';
import { hidden } from '#lib/device/hidden.svelte';
import { forgetWho, keepHere, keepMe, keepWho, keptHere, keptMe, keptWho } from '#lib/device/kept';
import type { HelpingFragment, MeFragment, MemberFragment } from '#lib/gql/graphql';
import { whoIsHere } from './opening';

/** `unknown` until asked; `ended` when a session that was there is over. */
type Standing = 'unknown' | 'in' | 'out' | 'ended' | 'unreachable';

class Session {
  standing = $state<Standing>('unknown');
  me = $state.raw<MeFragment | undefined>();
  /** The neighbourhood whose board was open last. */
  #here = $state<string | undefined>();

  constructor() {
    onSignedOut(() => this.end());
  }

  /** Asks who is signed in; offline, it is who was. */
  async load(): Promise<void> {
    try {
      const viewer = await whoIsHere();
      if (viewer) await this.enter(viewer);
      else if (await this.#whoWas()) await this.#end();
      else this.standing = 'out';
    } catch (thrown) {
      const fault = Fault.from(thrown);
      const me = await keptMe().catch(() => undefined);
      await this.#recall();
      this.me = me;
      this.standing = me && fault.trouble !== 'signed-out' ? 'in' : 'unreachable';
    }
  }

  /** Somebody is signed in: just now, or still. */
  async enter(me: MeFragment): Promise<void> {
    const before = await this.#whoWas();
    if (before && before !== me.id) await forget().catch(() => {});
    seal(false);
    await forgetWho().catch(() => {});
    await this.#recall();
    this.me = me;
    this.standing = 'in';
    await keepMe(me).catch(() => {});
  }

  /** The membership changed. */
  change(member: MemberFragment): void {
    if (!this.me) return;
    const at = this.me.memberships.findIndex(({ neighbourhood }) => neighbourhood.id === member.neighbourhood.id);
    const memberships = this.me.memberships.toSpliced(at < 0 ? this.me.memberships.length : at, 1, member);
    this.me = { ...this.me, memberships };
    void keepMe(this.me).catch(() => {});
  }

  /** One signed out, or the account is gone; resolves with whether this device keeps nothing any more. */
  leave(): Promise<boolean> {
    this.me = undefined;
    this.standing = 'out';
    return forget().then(
      () => true,
      () => false
    );
  }

  /** The server says that nobody is signed in any more. */
  end(): void {
    if (this.standing === 'in') void this.#end();
  }

  member(slug: string): MemberFragment | undefined {
    return this.me?.memberships.find(({ neighbourhood }) => neighbourhood.slug === slug);
  }

  /** Where one moderates without living there; a device that kept who was here before that was told knows of none. */
  get helping(): readonly HelpingFragment[] {
    return this.me?.helping ?? [];
  }

  /** Where one is on pages that name no neighbourhood: where one was last, else in the first. */
  get home(): MemberFragment | undefined {
    const memberships = this.me?.memberships;
    return memberships?.find(({ neighbourhood }) => neighbourhood.id === this.#here) ?? memberships?.[0];
  }

  /** Is in this neighbourhood from now on, on this device; ignores one that is not one's own. */
  choose(neighbourhood: string): void {
    if (neighbourhood === this.#here) return;
    if (!this.me?.memberships.some((member) => member.neighbourhood.id === neighbourhood)) return;
    this.#here = neighbourhood;
    void keepHere(neighbourhood).catch(() => {});
  }

  async #recall(): Promise<void> {
    await hidden.load().catch(() => {});
    this.#here = await keptHere().catch(() => undefined);
  }

  /** Of a session that ended by itself what its owner wrote and chose stays: they come back. */
  async #end(): Promise<void> {
    const who = await this.#whoWas();
    this.me = undefined;
    this.standing = 'ended';
    if (who) await keepWho(who).catch(() => {});
    await forget(['drafts', 'begun', 'choices']).catch(() => {});
  }

  /** Whose things this device keeps. */
  async #whoWas(): Promise<string | undefined> {
    return this.me?.id ?? (await keptMe().catch(() => undefined))?.id ?? (await keptWho().catch(() => undefined));
  }
}

export const session = new Session();
