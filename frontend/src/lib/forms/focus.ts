/** The first thing in a form of which something wrong is said has the focus; of several to choose from, the first. */
export function focusWrong(form: HTMLElement | undefined): void {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  const control = wrong instanceof HTMLFieldSetElement ? wrong.querySelector<HTMLElement>('input') : wrong;
  control?.focus();
}
