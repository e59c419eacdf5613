import { Button, Textarea } from "@mantine/core";
import { IconNote, IconSend } from "@tabler/icons-react";
import { type KeyboardEvent, memo, useEffect } from "react";
import { useDeskClient } from "@/app/DeskProvider";
import classes from "@/desk/Composer.module.css";
import { focusReply, REPLY_ID } from "@/desk/focus";
import { useDraft } from "@/desk/useDraft";
import { usePreferences } from "@/settings/preferences";
import { useShortcut } from "@/shortcuts/useShortcut";
import { type KeyStroke, sendsMessage } from "@/state/composing";
import { Segments } from "@/ui/Segments";
import { useTexts } from "@/ui/texts";

const LIMIT = 16_000;
const NEAR_LIMIT = 500;

interface ComposerProps {
  conversation: string;
  /** The subscriber, as the operator calls them. */
  name: string;
}

/** Where the answer is written, or a note for colleagues. */
export const Composer = memo(function Composer({ conversation, name }: ComposerProps) {
  const texts = useTexts();
  const composer = useComposer(conversation);
  const { draft, text, excess } = composer;
  return (
    <form
      className={classes.composer}
      data-note={draft.isNote || undefined}
      onSubmit={composer.onSubmit}
    >
      <Textarea
        id={REPLY_ID}
        dir="auto"
        classNames={{ input: classes.input ?? "" }}
        aria-label={draft.isNote ? texts.composer.noteLabel : texts.composer.replyLabel(name)}
        placeholder={
          draft.isNote ? texts.composer.notePlaceholder : texts.composer.replyPlaceholder
        }
        autosize
        minRows={2}
        maxRows={9}
        error={excess > 0}
        value={text}
        onChange={(event) => composer.onChange(event.currentTarget.value)}
        onKeyDown={composer.onKeyDown}
      />
      <div className={classes.foot}>
        <Segments
          label={texts.composer.mode}
          value={draft.isNote ? "note" : "reply"}
          onChange={(mode) => composer.setNote(mode === "note")}
          choices={[
            { value: "reply", label: texts.composer.reply },
            { value: "note", label: texts.composer.note },
          ]}
        />
        <Hint excess={excess} />
        <Button
          type="submit"
          size="sm"
          color={draft.isNote ? "yellow.9" : "abonent"}
          leftSection={draft.isNote ? <IconNote size={16} /> : <IconSend size={16} />}
          disabled={text.trim() === "" || excess > 0}
        >
          {draft.isNote ? texts.composer.saveNote : texts.composer.send}
        </Button>
      </div>
    </form>
  );
});

function Hint({ excess }: { excess: number }) {
  const texts = useTexts().composer;
  const sendKey = usePreferences((preferences) => preferences.sendKey);
  if (excess > -NEAR_LIMIT) {
    return (
      <span className={classes.hint} data-over={excess > 0 || undefined} role="status">
        {excess > 0 ? texts.tooLong(excess) : texts.left(-excess)}
      </span>
    );
  }
  return (
    <span className={classes.hint}>
      {sendKey === "enter" ? texts.hintEnter : texts.hintCtrlEnter}
    </span>
  );
}

function useComposer(conversation: string) {
  const client = useDeskClient();
  const [draft, write] = useDraft(conversation);
  const sendKey = usePreferences((preferences) => preferences.sendKey);
  const text = draft.isNote ? draft.note : draft.reply;
  const excess = text.length - LIMIT;
  const setNote = (isNote: boolean) => {
    write({ isNote });
    focusReply();
  };
  const send = () => {
    const said = text.trim();
    if (said === "" || excess > 0) return;
    if (draft.isNote) client.note(conversation, said);
    else client.send(conversation, said);
    write(draft.isNote ? { note: "", isNote: false } : { reply: "" });
  };
  const onChange = (value: string) => {
    write(draft.isNote ? { note: value } : { reply: value });
    if (!draft.isNote && value !== "") client.typing(conversation);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!sendsMessage(strokeOf(event), sendKey)) return;
    event.preventDefault();
    send();
  };
  const onSubmit = (event: { preventDefault(): void }) => {
    event.preventDefault();
    send();
    focusReply();
  };
  useEffect(focusReply, []);
  useShortcut("reply", focusReply);
  useShortcut("note", () => setNote(!draft.isNote));
  return { draft, text, excess, setNote, onChange, onKeyDown, onSubmit };
}

function strokeOf(event: KeyboardEvent): KeyStroke {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  return { key, shiftKey, altKey, ctrlKey, metaKey, isComposing: event.nativeEvent.isComposing };
}
