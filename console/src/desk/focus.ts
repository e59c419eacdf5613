const REPLY_ID = "reply";

export { REPLY_ID };

/** Put the cursor into the reply box, behind what is written. */
export function focusReply(): void {
  requestAnimationFrame(() => {
    const box = document.getElementById(REPLY_ID);
    if (!(box instanceof HTMLTextAreaElement)) return;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  });
}
