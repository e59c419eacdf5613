import { Button, Group } from "@mantine/core";
import { create } from "zustand";
import { Dialog } from "@/ui/Dialog";

interface Question {
  title: string;
  body: string;
  yes: string;
  no: string;
  onYes(): void;
}

const useQuestion = create<{ question: Question | null }>(() => ({ question: null }));

/** Ask before doing what is not easily undone. */
export function confirm(question: Question): void {
  useQuestion.setState({ question });
}

/** The place where such a question is shown. */
export function ConfirmDialog() {
  const question = useQuestion((state) => state.question);
  const close = () => useQuestion.setState({ question: null });
  const agree = () => {
    question?.onYes();
    close();
  };
  return (
    <Dialog opened={question !== null} onClose={close} title={question?.title} size="sm">
      <p style={{ marginTop: 0 }}>{question?.body}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {question?.no}
        </Button>
        <Button data-autofocus onClick={agree}>
          {question?.yes}
        </Button>
      </Group>
    </Dialog>
  );
}
