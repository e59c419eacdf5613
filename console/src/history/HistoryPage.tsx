import { Button, Loader, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation, useParams } from "wouter";
import { LanguageTag } from "@/desk/LanguageTag";
import panel from "@/desk/Panel.module.css";
import classes from "@/history/HistoryPage.module.css";
import { RecordedTranscript } from "@/history/RecordedTranscript";
import { usePastList } from "@/history/usePastList";
import { subscriberName } from "@/i18n/names";
import { formatMoment } from "@/i18n/time";
import type { ConversationSummary } from "@/protocol/rest";
import { ChannelIcon } from "@/ui/ChannelIcon";
import { useLanguage, useTexts } from "@/ui/texts";

const PAUSE_MS = 300;

/** Closed conversations, found by words and read. */
export function HistoryPage() {
  const texts = useTexts().history;
  const { conversation } = useParams<{ conversation?: string }>();
  const [words, setWords] = useState("");
  const [query] = useDebouncedValue(words.trim(), PAUSE_MS);
  const list = usePastList(query);
  const open = list.items.find((one) => one.conversation === conversation);
  return (
    <div className={classes.page}>
      <aside className={classes.side} aria-label={texts.title}>
        <div className={classes.search}>
          <h1 className={classes.title}>{texts.title}</h1>
          <TextInput
            type="search"
            aria-label={texts.search}
            placeholder={texts.searchPlaceholder}
            leftSection={<IconSearch size={16} />}
            rightSection={list.isLoading ? <Loader size={14} /> : null}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </div>
        <div className={panel.scroll}>
          <PastList list={list} active={conversation ?? null} />
        </div>
      </aside>
      <main className={classes.main}>
        {conversation ? (
          <>
            {open && <RecordHeader past={open} />}
            <RecordedTranscript key={conversation} conversation={conversation} />
          </>
        ) : (
          <p className={classes.choose}>{texts.choose}</p>
        )}
      </main>
    </div>
  );
}

interface PastListProps {
  list: ReturnType<typeof usePastList>;
  active: string | null;
}

function PastList({ list, active }: PastListProps) {
  const texts = useTexts().history;
  if (list.hasFailed) {
    return (
      <p className={panel.empty} role="alert">
        {texts.failed}
      </p>
    );
  }
  if (list.items.length === 0 && !list.isLoading) {
    return (
      <p className={panel.empty}>
        <strong>{texts.empty}</strong>
        {texts.emptyHint}
      </p>
    );
  }
  return (
    <>
      <ul className={panel.list}>
        {list.items.map((past) => (
          <PastItem key={past.conversation} past={past} isActive={past.conversation === active} />
        ))}
      </ul>
      {list.hasMore && (
        <Button variant="subtle" fullWidth loading={list.isLoading} onClick={list.more}>
          {texts.more}
        </Button>
      )}
    </>
  );
}

function PastItem({ past, isActive }: { past: ConversationSummary; isActive: boolean }) {
  const texts = useTexts();
  const language = useLanguage();
  const [, go] = useLocation();
  const at = past.closed_at ?? past.opened_at;
  return (
    <li>
      <UnstyledButton
        className={classes.item}
        aria-current={isActive || undefined}
        onClick={() => go(`/history/${encodeURIComponent(past.conversation)}`)}
      >
        <span className={panel.line}>
          <span className={panel.icon}>
            <ChannelIcon channel={past.channel ?? "web"} />
          </span>
          <span className={panel.name}>{subscriberName(texts, past)}</span>
          <LanguageTag language={past.language} />
          <time className={classes.time} dateTime={at ?? undefined}>
            {at ? formatMoment(at, language) : ""}
          </time>
        </span>
        <span className={classes.preview}>{past.preview}</span>
        <span className={classes.outcome}>
          {[outcome(texts.dispositions, past), past.operator?.name].filter(Boolean).join(" · ")}
        </span>
      </UnstyledButton>
    </li>
  );
}

function outcome(labels: Record<string, string>, past: ConversationSummary): string | null {
  const disposition = past.disposition ? (labels[past.disposition] ?? past.disposition) : null;
  return [disposition, past.score ? `★ ${past.score}` : null].filter(Boolean).join(" · ") || null;
}

function RecordHeader({ past }: { past: ConversationSummary }) {
  const texts = useTexts();
  const language = useLanguage();
  const facts = [
    past.opened_at && `${texts.history.openedAt}: ${formatMoment(past.opened_at, language)}`,
    past.closed_at && `${texts.history.closedAt}: ${formatMoment(past.closed_at, language)}`,
    past.operator?.name ?? texts.history.noOperator,
    past.reason && (texts.reasons[past.reason] ?? past.reason),
    outcome(texts.dispositions, past),
  ].filter(Boolean);
  return (
    <header className={classes.record}>
      <h2 className={classes.recordName}>
        <ChannelIcon channel={past.channel ?? "web"} size={17} />
        {subscriberName(texts, past)}
        <LanguageTag language={past.language} />
      </h2>
      <p className={classes.facts}>{facts.join(" · ")}</p>
    </header>
  );
}
