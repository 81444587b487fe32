declare global {
  namespace App {
    interface Error {
      message: string;
    }
    interface PageState {
      focus?: string;
    }
  }
}

export {};
