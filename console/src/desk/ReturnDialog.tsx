import { Button, Group } from "@mantine/core";
import { memo } from "react";
import { useDeskClient } from "@/app/DeskProvider";
import { openDialog, useDeskView } from "@/desk/view";
import { Dialog } from "@/ui/Dialog";
import { useTexts } from "@/ui/texts";

/** Gives a conversation back to the bot. */
export const ReturnDialog = memo(function ReturnDialog({ conversation }: { conversation: string }) {
  const texts = useTexts();
  const client = useDeskClient();
  const isOpen = useDeskView((view) => view.dialog === "return");
  const agree = () => {
    client.returnToBot(conversation);
    openDialog(null);
  };
  return (
    <Dialog
      opened={isOpen}
      onClose={() => openDialog(null)}
      title={texts.returning.title}
      size="sm"
    >
      <p style={{ marginTop: 0 }}>{texts.returning.body}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => openDialog(null)}>
          {texts.actions.cancel}
        </Button>
        <Button data-autofocus onClick={agree}>
          {texts.returning.submit}
        </Button>
      </Group>
    </Dialog>
  );
});
