// Codes and tokens stand behind the # of an address, which no server and no log sees.

/** Takes a value out of the address: out of the history too, so that going back does not show it. */
export function takeFragment(name: string): string | undefined {
  const value = new URLSearchParams(location.hash.slice(1)).get(name) ?? undefined;
  if (value) history.replaceState(history.state, '', location.pathname + location.search);
  return value;
}
