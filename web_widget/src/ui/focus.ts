/** Where the keyboard is: in the panel while it is open, back where it was when it closes. */

interface Shown {
  isOpen: boolean;
  isPhone: boolean;
  isMenuOpen: boolean;
}

const STOPS = "button:not(:disabled), textarea, a[href], input, [tabindex='0']";

export class FocusKeeper {
  #shown: Shown = { isOpen: false, isPhone: false, isMenuOpen: false };
  #opener: HTMLElement | null = null;
  #held: Element | null = null;
  #isFirst = true;

  /** Notes who has the focus, before the screen is drawn anew. */
  remember(root: HTMLElement | null): void {
    this.#held = root && activeIn(root);
  }

  /** Moves the focus when something has opened or closed, or what had it is gone. */
  follow(root: HTMLElement, shown: Shown): void {
    const before = this.#shown;
    this.#shown = shown;
    if (this.#isFirst) return this.#begin();
    if (shown.isOpen && !before.isOpen) this.#enter(root, shown);
    if (!shown.isOpen && before.isOpen) this.#leave(root);
    if (shown.isMenuOpen && !before.isMenuOpen) focus(root, ".menu button");
    if (shown.isOpen && before.isMenuOpen && !shown.isMenuOpen) focus(root, ".round");
    this.#rescue(root, shown);
  }

  /** Keeps the Tab key inside a panel that covers the whole screen. */
  wrap(event: KeyboardEvent, panel: HTMLElement): void {
    const stops = panel.querySelectorAll<HTMLElement>(STOPS);
    const active = activeIn(panel);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    if (active !== panel && active !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }

  /** A panel that is open as the page loads takes no focus from the page. */
  #begin(): void {
    this.#isFirst = false;
  }

  /** A control that was pressed and went away would drop the focus on the foreign page. */
  #rescue(root: HTMLElement, shown: Shown): void {
    const held = this.#held;
    if (!held || (held.isConnected && !held.matches(":disabled"))) return;
    const isLost = document.activeElement === document.body || activeIn(root) === held;
    if (isLost) focus(root, shown.isOpen ? home(shown) : ".launcher");
  }

  #enter(root: HTMLElement, shown: Shown): void {
    const active = document.activeElement;
    const isOfPage = active instanceof HTMLElement && active !== document.body;
    this.#opener = isOfPage && !active.shadowRoot?.contains(root) ? active : null;
    focus(root, home(shown));
  }

  #leave(root: HTMLElement): void {
    if (this.#opener?.isConnected) this.#opener.focus();
    else focus(root, ".launcher");
  }
}

/** On a phone the writing field would call up the keyboard over the conversation. */
function home({ isPhone }: Shown): string {
  return isPhone ? ".panel" : ".field textarea";
}

function activeIn(element: HTMLElement): Element | null {
  const tree = element.getRootNode() as ShadowRoot;
  return document.activeElement === tree.host ? tree.activeElement : null;
}

function focus(root: HTMLElement, selector: string): void {
  root.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}
