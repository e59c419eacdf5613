/** A panel over the whole of a phone's screen: above the keyboard, the page behind held still. */

export class PhoneScreen {
  #panel: HTMLElement | null = null;
  #overflow = "";

  /** Takes the panel that covers the screen, or null when none does. */
  follow(panel: HTMLElement | null): void {
    if (panel === this.#panel) return;
    const { style } = document.documentElement;
    if (!this.#panel) this.#overflow = style.overflow;
    style.overflow = panel ? "hidden" : this.#overflow;
    this.#panel?.removeAttribute("style");
    this.#panel = panel;
    this.#watch(panel ? "addEventListener" : "removeEventListener");
    this.#fill();
  }

  #watch(act: "addEventListener" | "removeEventListener"): void {
    window.visualViewport?.[act]("resize", this.#fill);
    window.visualViewport?.[act]("scroll", this.#fill);
  }

  /** The keyboard shrinks the visual viewport only: the panel takes just what is visible. */
  #fill = (): void => {
    const viewport = window.visualViewport;
    if (!viewport || !this.#panel) return;
    this.#panel.style.height = `${viewport.height}px`;
    this.#panel.style.top = `${viewport.offsetTop}px`;
  };
}
