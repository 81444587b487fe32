// What a browser finds wrong in a form as it is sent, in the page's words: its own come in a bubble, in the browser's language.
import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { m } from '#lib/paraglide/messages';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isControl = (element: unknown): element is Control =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

function sentence(control: Control): string {
  const { validity, type } = control;
  if (type === 'radio') return m.invalid_choice();
  if (type === 'datetime-local' && validity.badInput) return m.invalid_half_a_time();
  if (validity.valueMissing && !validity.badInput) return m.invalid_missing();
  if (type === 'email') return m.invalid_email();
  if (type === 'datetime-local') return m.invalid_early();
  if (type === 'number' && control instanceof HTMLInputElement) {
    return m.invalid_number({ least: control.min, most: control.max });
  }
  return m.invalid_short({ least: control instanceof HTMLSelectElement ? 0 : control.minLength });
}

/** The first control of a form that keeps it from being sent. */
const firstOf = (form: HTMLFormElement): Control | undefined =>
  [...form.elements].filter(isControl).find((control) => control.willValidate && !control.validity.valid);

/** Tells what is wrong with what stands within, and undefined as soon as it is changed. The first such field of a form has the focus. */
export function invalid(tell: (sentence: string | undefined) => void): Attachment<HTMLElement> {
  return (element) => {
    const over = new AbortController();
    const { signal } = over;
    let wrong: Control | undefined;
    // These events do not rise from where they happen; they are heard on the way down.
    const heard = (event: Event): void => {
      if (!isControl(event.target)) return;
      event.preventDefault();
      const control = event.target;
      wrong = control;
      tell(sentence(control));
      if (control.form && firstOf(control.form) === control) void tick().then(() => control.focus());
    };
    element.addEventListener('invalid', heard, { signal, capture: true });
    element.addEventListener('input', () => tell(undefined), { signal });
    // What is written in one field may set another right.
    const settled = (): void => {
      if (wrong?.validity.valid) tell(undefined);
    };
    element.closest('form')?.addEventListener('input', () => void tick().then(settled), { signal });
    return () => over.abort();
  };
}
