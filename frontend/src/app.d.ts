declare global {
  namespace App {
    interface Error {
      message: string;
    }
    interface PageState {
      /** How one has just left: whether the account is gone, and whether this device let go of what it kept. */
      left?: { erased: boolean; clean: boolean };
    }
  }
}

export {};
