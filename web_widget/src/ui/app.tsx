/** The widget: the bubble, and the panel when it is open. */

import { Component, createRef, type JSX } from "preact";
import { composer, fitHeight } from "./composer";
import { FocusKeeper } from "./focus";
import { header } from "./header";
import { glimpse, launcher } from "./launcher";
import { Log } from "./log";
import { connection, queue } from "./notices";
import { PhoneScreen } from "./phone";
import { type Screen, type Services, screenOf } from "./screen";

/** Draws everything anew when the conversation or the view changes; all parts are functions of these. */
export class App extends Component<Services> {
  #root = createRef<HTMLDivElement>();
  #phone = new PhoneScreen();
  #focus = new FocusKeeper();

  override componentDidMount(): void {
    const { client, view } = this.props;
    const draw = () => this.setState({});
    client.subscribe(draw);
    view.subscribe(draw);
    this.componentDidUpdate();
  }

  override getSnapshotBeforeUpdate(): void {
    this.#focus.remember(this.#root.current);
  }

  override componentDidUpdate(): void {
    const root = this.#root.current;
    if (!root) return;
    const { isOpen, isPhone, isMenuOpen } = this.props.view.state;
    if (isOpen) this.props.client.start();
    this.#phone.follow(isOpen && isPhone ? root.querySelector<HTMLElement>(".panel") : null);
    this.#focus.follow(root, { isOpen, isPhone, isMenuOpen });
    fitHeight(root.querySelector("textarea"));
  }

  override render(services: Services): JSX.Element {
    const screen = screenOf(services);
    const { isOpen, isPhone, locale } = screen.shown;
    return (
      <div class={`root ${services.config.position}`} lang={locale} ref={this.#root}>
        {isOpen && this.#panel(screen)}
        {glimpse(screen)}
        {!(isOpen && isPhone) && launcher(screen)}
      </div>
    );
  }

  #panel(screen: Screen): JSX.Element {
    const { isPhone } = screen.shown;
    return (
      <section
        class={isPhone ? "panel phone" : "panel"}
        role="dialog"
        aria-label={screen.brand}
        aria-modal={isPhone}
        tabIndex={-1}
        onKeyDown={(event) => this.#keyPressed(event)}
      >
        {header(screen)}
        <Log screen={screen} />
        {queue(screen)}
        {connection(screen)}
        {composer(screen)}
      </section>
    );
  }

  #keyPressed(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const { view } = this.props;
    const { isMenuOpen, isPhone } = view.state;
    if (event.key === "Tab" && isPhone) this.#focus.wrap(event, event.currentTarget);
    if (event.key !== "Escape" || event.isComposing) return;
    if (isMenuOpen) view.show({ isMenuOpen: false });
    else view.setOpen(false);
  }
}
