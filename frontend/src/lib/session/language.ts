import { act } from '#lib/api/client';
import { ChangeLocaleDocument } from '#lib/gql/graphql';
import { getLocale, setLocale } from '#lib/paraglide/runtime';
import { session } from './session.svelte';

type Language = 'fr' | 'en';

/** Another language for this device and, signed in, for mails too. */
export async function speak(language: Language): Promise<void> {
  if (session.standing === 'in') {
    const input = { locale: language === 'fr' ? ('FR' as const) : ('EN' as const) };
    // The page speaks it even where the server cannot be told just now.
    await act(ChangeLocaleDocument, { input }).catch(() => {});
  }
  await setLocale(language);
}

/** Takes over what the account says; tells whether the page has to be loaded again for it. */
export function adopt(locale: 'FR' | 'EN'): boolean {
  const language: Language = locale === 'FR' ? 'fr' : 'en';
  if (language === getLocale()) return false;
  void setLocale(language, { reload: false });
  return true;
}
