import { m } from '#lib/paraglide/messages';

/** As the board writes it: "Firefox on Linux", or one of the two alone. */
const BOTH = /^(?<browser>.+) on (?<system>.+)$/;

/** What a device is called, from what the board calls it. */
export function deviceName(device: string): string {
  const { browser, system } = BOTH.exec(device)?.groups ?? {};
  if (browser && system) return m.device_name({ browser, system });
  return device || m.device_unknown();
}
