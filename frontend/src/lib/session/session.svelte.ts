import { ask, act, onSignedOut } from '#lib/api/client';
import { Fault } from '#lib/api/fault';
import { seal } from '#lib/device/database';
import { forget } from '#lib/device/forget';
import { hidden } from '#lib/device/hidden.svelte';
import { keepMe, keptMe } from '#lib/device/kept';
import { SignOutDocument, ViewerDocument, type MeFragment, type MemberFragment } from '#lib/gql/graphql';

/** `unknown` until asked; `ended` when a session that was there is over. */
type Standing = 'unknown' | 'in' | 'out' | 'ended' | 'unreachable';

class Session {
  standing = $state<Standing>('unknown');
  me = $state.raw<MeFragment | undefined>();

  constructor() {
    onSignedOut(() => this.end());
  }

  /** Asks who is signed in; offline, it is who was. */
  async load(): Promise<void> {
    try {
      const { viewer } = await ask(ViewerDocument, {});
      if (viewer) await this.enter(viewer);
      else if (await keptMe().catch(() => undefined)) await this.#leave('ended');
      else this.standing = 'out';
    } catch (thrown) {
      const fault = Fault.from(thrown);
      const me = await keptMe().catch(() => undefined);
      await hidden.load().catch(() => {});
      this.me = me;
      this.standing = me && fault.trouble !== 'signed-out' ? 'in' : 'unreachable';
    }
  }

  /** Somebody is signed in: just now, or still. */
  async enter(me: MeFragment): Promise<void> {
    const before = await keptMe().catch(() => undefined);
    if (before && before.id !== me.id) await forget();
    seal(false);
    await hidden.load().catch(() => {});
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

  async signOut(): Promise<void> {
    await act(SignOutDocument, {});
    await this.#leave('out');
  }

  /** The account is gone. */
  erased(): Promise<void> {
    return this.#leave('out');
  }

  /** The server says that nobody is signed in any more. */
  end(): void {
    if (this.standing === 'in') void this.#leave('ended');
  }

  member(slug: string): MemberFragment | undefined {
    return this.me?.memberships.find(({ neighbourhood }) => neighbourhood.slug === slug);
  }

  /** Where one is who does not say: the first neighbourhood. */
  get home(): MemberFragment | undefined {
    return this.me?.memberships[0];
  }

  /** Of a session that ended by itself the drafts stay: their author comes back. */
  async #leave(standing: 'out' | 'ended'): Promise<void> {
    this.me = undefined;
    this.standing = standing;
    await forget(standing === 'ended' ? ['drafts', 'self'] : []).catch(() => {});
  }
}

export const session = new Session();
