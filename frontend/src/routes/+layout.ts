import { browser } from '$app/env';
import { session } from '#lib/session/session.svelte';

// The pages are the same for everybody and know nothing: what they show is asked for in the browser.
export const ssr = false;

// Who is here is asked while the page itself is still on its way; where the app is built, nobody is.
if (browser) void session.load();
