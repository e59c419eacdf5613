import base from "./base.css?inline";
import composer from "./composer.css?inline";
import launcher from "./launcher.css?inline";
import messages from "./messages.css?inline";
import panel from "./panel.css?inline";

/** All styles of the widget, for its shadow tree. */
export const styleSheets = base + launcher + panel + messages + composer;
