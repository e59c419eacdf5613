import { Modal, type ModalProps } from "@mantine/core";
import { useTexts } from "@/ui/texts";

/** A modal window whose closing cross has a name. */
export function Dialog(props: ModalProps) {
  const texts = useTexts().preferences;
  return <Modal closeButtonProps={{ "aria-label": texts.close }} {...props} />;
}
