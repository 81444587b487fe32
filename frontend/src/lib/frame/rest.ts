// What every page does once it stands: it is loaded by then, and nobody waits for it.
import { dropLapsed } from '#lib/device/begun';
import { purge } from '#lib/feed/purge';

export { default as Update } from './Update.svelte';

/** Throws away what is over on this device, and what was taken down while it was away. */
export async function tidy(neighbourhoods: readonly string[]): Promise<void> {
  await Promise.all([dropLapsed(), ...neighbourhoods.map((neighbourhood) => purge(neighbourhood))]);
}
