import { Button, Loader } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import classes from "@/desk/Transcript.module.css";
import { TranscriptRow } from "@/desk/TranscriptRow";
import type { Row } from "@/state/transcript";
import { useTexts } from "@/ui/texts";

interface TranscriptProps {
  rows: readonly Row[];
  isLoading?: boolean;
  hasFailed?: boolean;
  hasEarlier?: boolean;
  onEarlier?: () => void;
  /** What follows the last row. */
  footer?: ReactNode;
}

const WINDOW = 150;
const NEAR_END_PX = 60;

/** What was said, the newest last. Only the last part is drawn; more of it on request, so that long ones stay quick. */
export function Transcript({
  rows,
  isLoading,
  hasFailed,
  hasEarlier,
  onEarlier,
  footer,
}: TranscriptProps) {
  const texts = useTexts().conversation;
  const [limit, setLimit] = useState(WINDOW);
  const shown = useMemo(() => rows.slice(-limit), [rows, limit]);
  const { place, isAtEnd, toEnd, missed, onScroll } = useFollow(rows, shown, footer);
  const showEarlier = () => {
    if (rows.length - limit < WINDOW) onEarlier?.();
    setLimit(limit + WINDOW);
  };
  return (
    <div className={classes.frame}>
      <div
        className={classes.scroll}
        ref={place}
        onScroll={onScroll}
        role="log"
        aria-label={texts.transcript}
        aria-busy={isLoading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
        tabIndex={0}
      >
        <div className={classes.rows}>
          <div className={classes.earlier}>
            <Earlier
              isLoading={isLoading ?? false}
              hasFailed={hasFailed ?? false}
              hasMore={(hasEarlier ?? false) || rows.length > limit}
              onClick={showEarlier}
            />
          </div>
          {shown.map((row) => (
            <TranscriptRow key={row.key} row={row} />
          ))}
          {footer}
        </div>
      </div>
      {!isAtEnd && (
        <Button
          className={classes.toEnd ?? ""}
          variant="default"
          radius="xl"
          leftSection={<IconArrowDown size={15} />}
          onClick={toEnd}
        >
          {missed > 0 ? texts.newBelow(missed) : texts.toNewest}
        </Button>
      )}
    </div>
  );
}

interface EarlierProps {
  isLoading: boolean;
  hasFailed: boolean;
  hasMore: boolean;
  onClick: () => void;
}

function Earlier({ isLoading, hasFailed, hasMore, onClick }: EarlierProps) {
  const texts = useTexts().conversation;
  if (isLoading) return <Loader size={14} aria-label={texts.loading} />;
  if (hasFailed) {
    return (
      <span role="alert">
        {texts.loadFailed}{" "}
        <Button size="compact-xs" variant="subtle" onClick={onClick}>
          {texts.retry}
        </Button>
      </span>
    );
  }
  if (!hasMore) return null;
  return (
    <Button size="compact-xs" variant="subtle" onClick={onClick}>
      {texts.earlier}
    </Button>
  );
}

/** Stay at the end while one is there; stay on the same words while one reads above, or more is put before them. */
function useFollow(rows: readonly Row[], shown: readonly Row[], footer: ReactNode) {
  const place = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [readTo, setReadTo] = useState(rows.length);
  const toEnd = useCallback(() => {
    const box = place.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, []);
  const onScroll = () => {
    const box = place.current;
    if (box) setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX);
  };
  useKeepPlace(place, shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever makes it longer moves the end
  useLayoutEffect(() => {
    if (isAtEnd) toEnd();
  }, [rows, footer, isAtEnd, toEnd]);
  useFollowSize(place, isAtEnd, toEnd);
  useEffect(() => {
    if (isAtEnd) setReadTo(rows.length);
  }, [isAtEnd, rows.length]);
  return { place, isAtEnd, toEnd, missed: rows.length - readTo, onScroll };
}

/** The box itself grows and shrinks, with the reply box below it. */
function useFollowSize(
  place: RefObject<HTMLDivElement | null>,
  isAtEnd: boolean,
  toEnd: () => void,
): void {
  useEffect(() => {
    const box = place.current;
    if (!box || !isAtEnd || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(toEnd);
    observer.observe(box);
    return () => observer.disconnect();
  }, [place, isAtEnd, toEnd]);
}

function useKeepPlace(place: RefObject<HTMLDivElement | null>, rows: readonly Row[]): void {
  const firstKey = rows[0]?.key;
  const before = useRef({ firstKey, height: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are another height
  useLayoutEffect(() => {
    const box = place.current;
    if (!box) return;
    const grown = box.scrollHeight - before.current.height;
    if (before.current.firstKey !== firstKey && before.current.height > 0) box.scrollTop += grown;
    before.current = { firstKey, height: box.scrollHeight };
  }, [place, firstKey, rows]);
}
