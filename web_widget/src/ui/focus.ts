/** Where the keyboard is: into the panel when it opens, back to where it was when it closes. */

interface Shown {
  isOpen: boolean;
  isPhone: boolean;
  isMenuOpen: boolean;
}

const STOPS = "button:not(:disabled), textarea, a[href], input, [tabindex='0']";

export class FocusKeeper {
  #shown: Shown = { isOpen: false, isPhone: false, isMenuOpen: false };
  #opener: HTMLElement | null = null;
  #isFirst = true;

  /** Moves the focus when something has opened or closed since the last time. */
  follow(root: HTMLElement, shown: Shown): void {
    const before = this.#shown;
    this.#shown = shown;
    if (this.#isFirst) return this.#begin();
    if (shown.isOpen && !before.isOpen) this.#enter(root, shown);
    if (!shown.isOpen && before.isOpen) this.#leave(root);
    if (shown.isMenuOpen && !before.isMenuOpen) focus(root, ".menu button");
    if (shown.isOpen && before.isMenuOpen && !shown.isMenuOpen) focus(root, ".round");
  }

  /** Keeps the Tab key inside a panel that covers the whole screen. */
  wrap(event: KeyboardEvent, panel: HTMLElement): void {
    const stops = panel.querySelectorAll<HTMLElement>(STOPS);
    const active = (panel.getRootNode() as ShadowRoot).activeElement;
    const [first, last] = [stops[0], stops[stops.length - 1]];
    if (active !== panel && active !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }

  /** A panel that is open as the page loads takes no focus from the page. */
  #begin(): void {
    this.#isFirst = false;
  }

  /** On a phone the writing field would call up the keyboard over the conversation. */
  #enter(root: HTMLElement, { isPhone }: Shown): void {
    const active = document.activeElement;
    const isOfPage = active instanceof HTMLElement && active !== document.body;
    this.#opener = isOfPage && !active.shadowRoot?.contains(root) ? active : null;
    focus(root, isPhone ? ".panel" : ".field textarea");
  }

  #leave(root: HTMLElement): void {
    if (this.#opener?.isConnected) this.#opener.focus();
    else focus(root, ".launcher");
  }
}

function focus(root: HTMLElement, selector: string): void {
  root.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}
