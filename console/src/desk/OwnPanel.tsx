import { memo, useMemo } from "react";
import { useDesk } from "@/app/DeskProvider";
import { OwnItem } from "@/desk/OwnItem";
import classes from "@/desk/Panel.module.css";
import { useDeskView } from "@/desk/view";
import { ownConversations } from "@/state/conversations";
import { useTexts } from "@/ui/texts";

/** The conversations one has, in the order they were taken. */
export const OwnPanel = memo(function OwnPanel() {
  const texts = useTexts().own;
  const desk = useDesk((model) => model.desk);
  const own = useMemo(() => ownConversations(desk), [desk]);
  const active = useDeskView((view) => view.active);
  return (
    <section className={classes.panel} aria-labelledby="own-title">
      <header className={classes.head}>
        <h2 id="own-title" className={classes.title}>
          {texts.title}
        </h2>
        <span className={classes.count}>{own.length}</span>
      </header>
      <div className={classes.scroll}>
        {own.length === 0 ? (
          <p className={classes.empty}>
            <strong>{texts.empty}</strong>
            {texts.emptyHint}
          </p>
        ) : (
          <ul className={classes.list} aria-labelledby="own-title">
            {own.map((conversation, at) => (
              <OwnItem
                key={conversation.id}
                conversation={conversation}
                number={at + 1}
                isActive={conversation.id === active}
              />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
});
