import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { type FormEvent, memo, useState } from "react";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import { openDialog, useDeskView } from "@/desk/view";
import { useInstallation } from "@/session/installation";
import { useOperator } from "@/session/session";
import { draftKey, forgetDraft } from "@/settings/drafts";
import { isUnderWay } from "@/state/outbox";
import { Dialog } from "@/ui/Dialog";
import { useTexts } from "@/ui/texts";

/** Ends a conversation, saying what came of it. */
export const CloseDialog = memo(function CloseDialog({ conversation }: { conversation: string }) {
  const texts = useTexts().closing;
  const isOpen = useDeskView((view) => view.dialog === "close");
  return (
    <Dialog opened={isOpen} onClose={() => openDialog(null)} title={texts.title} size="sm">
      <CloseForm conversation={conversation} />
    </Dialog>
  );
});

const OWN_WORDS = "\u0000own";

function CloseForm({ conversation }: { conversation: string }) {
  const texts = useTexts();
  const { dispositions } = useInstallation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [ownWords, setOwnWords] = useState("");
  const { close, isBusy } = useClose(conversation);
  const picked = chosen ?? dispositions?.[0] ?? OWN_WORDS;
  const disposition = picked === OWN_WORDS ? ownWords.trim() : picked;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (disposition) close(disposition);
  };
  return (
    <form onSubmit={submit}>
      <Radio.Group label={texts.closing.disposition} value={picked} onChange={setChosen}>
        <Stack gap={9} mt="xs" mb="sm">
          {dispositions?.map((value, at) => (
            <Radio
              key={value}
              value={value}
              label={texts.dispositions[value] ?? value}
              data-autofocus={at === 0 || undefined}
            />
          ))}
          <Radio value={OWN_WORDS} label={texts.closing.ownWords} />
        </Stack>
      </Radio.Group>
      <TextInput
        aria-label={texts.closing.ownWords}
        placeholder={texts.closing.ownWords}
        maxLength={200}
        value={ownWords}
        onChange={(event) => {
          setOwnWords(event.currentTarget.value);
          setChosen(OWN_WORDS);
        }}
      />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => openDialog(null)}>
          {texts.actions.cancel}
        </Button>
        <Button type="submit" loading={isBusy} disabled={disposition === ""}>
          {texts.closing.submit}
        </Button>
      </Group>
    </form>
  );
}

function useClose(conversation: string) {
  const client = useDeskClient();
  const operator = useOperator();
  const isBusy = useDesk((model) => isUnderWay(model.outbox, "close", conversation));
  const close = (disposition: string) => {
    client.close(conversation, disposition);
    forgetDraft(draftKey(operator.id, conversation));
    openDialog(null);
  };
  return { close, isBusy };
}
