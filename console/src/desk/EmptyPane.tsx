import { IconMessages } from "@tabler/icons-react";
import classes from "@/desk/EmptyPane.module.css";
import { useTexts } from "@/ui/texts";

/** The middle of the desk while nothing is open. */
export function EmptyPane() {
  const texts = useTexts().conversation;
  return (
    <div className={classes.empty}>
      <IconMessages size={40} stroke={1.2} aria-hidden />
      <strong>{texts.none}</strong>
      <span>{texts.noneHint}</span>
    </div>
  );
}
