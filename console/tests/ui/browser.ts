import { configure } from "@testing-library/react";

/** What a browser has and jsdom lacks; the layout itself is looked at in a real browser. */
Object.defineProperty(window, "matchMedia", {
  value: (query: string) => ({
    matches: query.includes("min-width"),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }),
});

class NoResizes {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = NoResizes;
Element.prototype.scrollIntoView = () => undefined;
document.hasFocus = () => true;
Object.defineProperty(document, "fonts", { value: new EventTarget() });
// Whether each ancestor is visible is slow to find out here, and looked at in a real browser.
configure({ asyncUtilTimeout: 10_000, defaultHidden: true });
