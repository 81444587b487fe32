// The pages are the same for everybody and know nothing: what they show is asked for in the browser.
export const ssr = false;
