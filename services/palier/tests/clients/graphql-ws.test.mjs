// Live changes with the graphql-ws client: the server goes away in the middle, and comes back; the reader misses nothing.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { Palier, demoResidents } from './palier.mjs';
import { Session } from './session.mjs';

const NEIGHBOURHOOD = `{ neighbourhood(slug: "kallio-demo") { id } }`;

const FEED = `query ($n: ID!, $after: String) {
  feed(neighbourhood: $n, first: 30, after: $after) {
    changesCursor edges { cursor node { id title } } pageInfo { hasNextPage endCursor }
  }
}`;

const PUBLISH = `mutation ($input: PublishPostInput!) {
  publishPost(input: $input) { __typename ... on PostPublished { post { id title } } }
}`;

const CHANGES = `subscription ($n: ID!, $after: String) {
  feedChanges(neighbourhood: $n, after: $after) {
    __typename cursor
    ... on PostAppeared { post { id title } }
    ... on PostChanged { post { id } }
    ... on PostGone { id }
  }
}`;

/** How long a change may take to reach a reader on a busy machine, in ms. */
const HEARD_WITHIN = 30_000;

/** Something that a test waits for: it comes, or fails to, once. */
function moment() {
  let comes;
  let fails;
  const promise = new Promise((resolve, reject) => {
    comes = resolve;
    fails = reject;
  });
  return { promise, comes, fails };
}

describe('Live changes', { timeout: 300_000 }, () => {
  let palier;
  let session;
  let neighbourhood;

  before(async () => {
    palier = await Palier.create();
    session = await Session.signIn(palier.origin, demoResidents()[0]);
    ({
      neighbourhood: { id: neighbourhood },
    } = await session.ask(NEIGHBOURHOOD));
  });

  after(() => palier?.remove());

  /** A question to publish; asked again with the same input it is the same post. */
  function question(title) {
    return {
      clientKey: randomUUID(),
      neighbourhood,
      category: 'QUESTION',
      title,
      body: 'Does anyone know when the library opens on Sundays?',
    };
  }

  /** Publishes, and answers the post's id. */
  async function publish(input) {
    const { publishPost } = await session.ask(PUBLISH, { input });
    assert.equal(publishPost.__typename, 'PostPublished');
    return publishPost.post.id;
  }

  /** Publishes some questions one after the other; the ids in their order. */
  async function publishSome(name, count) {
    const ids = [];
    for (let number = 1; number <= count; number += 1) ids.push(await publish(question(`${name} ${number}`)));
    return ids;
  }

  /** The cursor from which changes follow on what the feed shows now. */
  async function changesCursor() {
    const { feed } = await session.ask(FEED, { n: neighbourhood });
    return feed.changesCursor;
  }

  /** The ids of the whole feed, newest first. */
  async function wholeFeed() {
    const ids = [];
    let cursor = null;
    do {
      const { feed } = await session.ask(FEED, { n: neighbourhood, after: cursor });
      ids.push(...feed.edges.map(({ node }) => node.id));
      cursor = feed.pageInfo.hasNextPage ? feed.pageInfo.endCursor : null;
    } while (cursor !== null);
    return ids;
  }

  /** A graphql-ws client with the session's cookie and origin. */
  function client(options) {
    const { headers } = session;
    class WithSession extends WebSocket {
      constructor(address, protocols) {
        super(address, protocols, { headers });
      }
    }
    return createClient({ url: palier.graphql.replace('http', 'ws'), webSocketImpl: WithSession, ...options });
  }

  /**
   * A reader of changes: `appeared` and `cursor` follow what it reads, `has(ids)` waits until it has seen them all, `ended`
   * tells when and why its subscription was over.
   */
  function read(live, cursor) {
    const appeared = [];
    const waiting = new Set();
    const ended = moment();
    const reader = {
      appeared,
      cursor,
      ended: ended.promise,
      has(ids) {
        const all = moment();
        const check = () => ids.every((id) => appeared.includes(id)) && all.comes();
        waiting.add(check);
        check();
        ended.promise.then((why) => all.fails(new Error('the subscription ended too early', { cause: why })));
        const patience = setTimeout(() => {
          const missing = ids.filter((id) => !appeared.includes(id));
          all.fails(new Error(`did not hear of ${missing.length} of ${ids.length} posts: ${missing.join(', ')}`));
        }, HEARD_WITHIN);
        return all.promise.finally(() => clearTimeout(patience));
      },
    };
    reader.leave = live.subscribe(
      { query: CHANGES, variables: { n: neighbourhood, after: cursor } },
      {
        next({ data, errors }) {
          assert.equal(errors, undefined);
          const { feedChanges: change } = data;
          assert.equal(typeof change.cursor, 'string', 'every change carries a cursor');
          reader.cursor = change.cursor;
          if (change.__typename === 'PostAppeared') appeared.push(change.post.id);
          for (const check of waiting) check();
        },
        error: (error) => ended.comes(error),
        complete: () => ended.comes(null),
      },
    );
    return reader;
  }

  for (const signal of ['SIGTERM', 'SIGKILL']) {
    it(`a reader that comes back with its cursor has everything, once, in order (${signal})`, async () => {
      const live = client({ retryAttempts: 0 });
      const first = read(live, await changesCursor());
      const before = await publishSome(`Before ${signal}`, 4);
      await first.has(before);
      assert.deepEqual(first.appeared, before);

      await palier.stop(signal);
      assert.notEqual(await first.ended, null, 'a server that goes away is no orderly end of the subscription');
      const unheard = question(`While away, ${signal}`);
      await assert.rejects(publish(unheard), TypeError);
      await palier.start();

      // The session has outlived the process, and so has the client's right to try again.
      const missed = [await publish(unheard), ...(await publishSome(`Missed ${signal}`, 4))];
      assert.equal(await publish(unheard), missed[0], 'the same clientKey is the same post');

      const second = read(live, first.cursor);
      await second.has(missed);
      const later = await publishSome(`After ${signal}`, 2);
      await second.has(later);
      assert.deepEqual(second.appeared, [...missed, ...later]);

      const all = [...before, ...missed, ...later];
      const feed = await wholeFeed();
      assert.deepEqual(feed.filter((id) => all.includes(id)), all.toReversed());
      assert.equal(new Set(feed).size, feed.length);
      await live.dispose();
    });

    it(`a client that reconnects by itself misses nothing (${signal})`, async () => {
      const mayReturn = moment();
      const live = client({ retryAttempts: 100, retryWait: () => mayReturn.promise, shouldRetry: () => true });
      const reader = read(live, await changesCursor());
      const before = await publishSome(`Seen, ${signal}`, 2);
      await reader.has(before);

      await palier.stop(signal);
      await palier.start();
      const missed = await publishSome(`Unseen, ${signal}`, 3);
      mayReturn.comes();
      // It subscribes with the variables that it began with: what it saw already may come again, nothing may be left out.
      await reader.has([...before, ...missed]);
      await live.dispose();
    });
  }

  it('a live reader and one that starts from the same cursor later see the same', async () => {
    const cursor = await changesCursor();
    const live = client({ retryAttempts: 0 });
    const early = read(live, cursor);
    const posts = await publishSome('Seen twice', 3);
    await early.has(posts);
    const late = read(live, cursor);
    await late.has(posts);
    assert.deepEqual(late.appeared, early.appeared);
    await live.dispose();
  });

  it('another origin may not listen with this cookie', async () => {
    const { headers } = session;
    const foreign = new WebSocket(palier.graphql.replace('http', 'ws'), 'graphql-transport-ws', {
      headers: { ...headers, origin: 'https://elsewhere.example' },
    });
    const { promise, comes } = moment();
    foreign.on('open', () => comes('open')).on('error', () => comes('refused'));
    assert.equal(await promise, 'refused');
    foreign.terminate();
  });
});
