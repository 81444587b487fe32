declare global {
  namespace App {
    interface Error {
      message: string;
    }
    interface PageState {
      /** One has just signed out here. */
      signedOut?: boolean;
    }
  }
}

export {};
