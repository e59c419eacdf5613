import { formatElapsed } from "@/i18n/time";
import type { Time } from "@/protocol/frames";
import { secondsSince, waitingLevel } from "@/state/waiting";
import { useNow } from "@/ui/clock";
import classes from "@/ui/Elapsed.module.css";
import { useTexts } from "@/ui/texts";

interface ElapsedProps {
  since: Time;
  /** The sentence a screen reader hears. */
  label: (time: string) => string;
}

/** A waiting time that ticks and turns warmer as it grows. */
export function Elapsed({ since, label }: ElapsedProps) {
  const texts = useTexts();
  const seconds = secondsSince(since, useNow());
  const time = formatElapsed(seconds, texts);
  return (
    <time
      className={classes.elapsed}
      dateTime={since}
      data-level={waitingLevel(seconds)}
      title={label(time)}
    >
      {time}
    </time>
  );
}
