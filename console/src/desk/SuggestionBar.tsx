import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconRobot, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { focusReply } from "@/desk/focus";
import classes from "@/desk/SuggestionBar.module.css";
import { useDraft } from "@/desk/useDraft";
import { useShortcut } from "@/shortcuts/useShortcut";
import type { Conversation } from "@/state/desk";
import { currentSuggestion } from "@/state/suggestion";
import { useTexts } from "@/ui/texts";

/** What the bot would have said, one click from the reply box. */
export function SuggestionBar({ conversation }: { conversation: Conversation }) {
  const texts = useTexts().suggestion;
  const [dismissed, setDismissed] = useState(0);
  const [draft, write] = useDraft(conversation.id);
  const suggestion = currentSuggestion(conversation.events);
  const insert = () => {
    if (!suggestion) return;
    write({
      reply: [draft.reply.trimEnd(), suggestion.text].filter(Boolean).join("\n"),
      isNote: false,
    });
    setDismissed(suggestion.log);
    focusReply();
  };
  useShortcut("insert", insert);
  if (!suggestion || suggestion.log === dismissed) return null;
  return (
    <aside className={classes.bar} aria-label={texts.title}>
      <IconRobot size={17} aria-hidden />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <p className={classes.text} dir="auto" tabIndex={0}>
        <span className={classes.title}>{texts.title}: </span>
        {suggestion.text}
      </p>
      <Tooltip label="Alt+S">
        <Button size="compact-sm" variant="light" onClick={insert}>
          {texts.insert}
        </Button>
      </Tooltip>
      <ActionIcon size={24} aria-label={texts.dismiss} onClick={() => setDismissed(suggestion.log)}>
        <IconX size={15} />
      </ActionIcon>
    </aside>
  );
}
