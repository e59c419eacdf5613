import { Button, Group, Modal } from "@mantine/core";
import { useDeskClient } from "@/app/DeskProvider";
import { openDialog, useDeskView } from "@/desk/selection";
import type { Conversation } from "@/state/desk";
import { useTexts } from "@/ui/texts";

/** Gives a conversation back to the bot. */
export function ReturnDialog({ conversation }: { conversation: Conversation }) {
  const texts = useTexts();
  const client = useDeskClient();
  const isOpen = useDeskView((view) => view.dialog === "return");
  const agree = () => {
    client.returnToBot(conversation.id);
    openDialog(null);
  };
  return (
    <Modal opened={isOpen} onClose={() => openDialog(null)} title={texts.returning.title} size="sm">
      <p style={{ marginTop: 0 }}>{texts.returning.body}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => openDialog(null)}>
          {texts.actions.cancel}
        </Button>
        <Button data-autofocus onClick={agree}>
          {texts.returning.submit}
        </Button>
      </Group>
    </Modal>
  );
}
