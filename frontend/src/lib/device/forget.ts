import { clear, seal, STORES, type Store } from './database';
import { dropPictures } from './pictures';

/**
 * Nothing of anybody stays on this device, but what is named, and nothing comes until somebody signs in. Rejects when
 * something may have stayed; whatever can go is gone even then.
 */
export async function forget(except: readonly Store[] = []): Promise<void> {
  seal(true);
  const stores = STORES.filter((store) => !except.includes(store));
  const gone = await Promise.allSettled([...stores.map((store) => clear(store)), dropPictures()]);
  const stuck = gone.find((one) => one.status === 'rejected');
  if (stuck) throw stuck.reason;
}
