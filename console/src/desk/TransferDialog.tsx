import { Button, Group, Radio, Stack } from "@mantine/core";
import { type FormEvent, memo, useEffect, useState } from "react";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import classes from "@/desk/TransferDialog.module.css";
import { openDialog, useDeskView } from "@/desk/view";
import type { OperatorPresence } from "@/protocol/frames";
import { useInstallation } from "@/session/installation";
import { useOperator, useSession } from "@/session/session";
import { isFull, transferTargets } from "@/state/transfer";
import { Dialog } from "@/ui/Dialog";
import { Segments } from "@/ui/Segments";
import { useTexts } from "@/ui/texts";

/** Gives a conversation to a colleague, or to whoever has a skill. */
export const TransferDialog = memo(function TransferDialog({
  conversation,
}: {
  conversation: string;
}) {
  const texts = useTexts().transfer;
  const isOpen = useDeskView((view) => view.dialog === "transfer");
  return (
    <Dialog opened={isOpen} onClose={() => openDialog(null)} title={texts.title}>
      <TransferForm conversation={conversation} />
    </Dialog>
  );
});

type Way = "operator" | "skill";

function TransferForm({ conversation }: { conversation: string }) {
  const texts = useTexts();
  const client = useDeskClient();
  const [way, setWay] = useState<Way>("operator");
  const [chosen, setChosen] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === "") return;
    client.transfer(conversation, way === "operator" ? { operator: chosen } : { skill: chosen });
    openDialog(null);
  };
  const changeWay = (value: Way) => {
    setWay(value);
    setChosen("");
  };
  return (
    <form onSubmit={submit}>
      <Segments
        label={texts.transfer.title}
        value={way}
        onChange={changeWay}
        choices={[
          { value: "operator", label: texts.transfer.toOperator },
          { value: "skill", label: texts.transfer.toSkill },
        ]}
      />
      <div className={classes.choices}>
        {way === "operator" ? (
          <OperatorChoices chosen={chosen} onChoose={setChosen} />
        ) : (
          <SkillChoices chosen={chosen} onChoose={setChosen} />
        )}
      </div>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => openDialog(null)}>
          {texts.actions.cancel}
        </Button>
        <Button type="submit" disabled={chosen === ""}>
          {texts.transfer.submit}
        </Button>
      </Group>
    </form>
  );
}

interface ChoicesProps {
  chosen: string;
  onChoose: (value: string) => void;
}

function OperatorChoices({ chosen, onChoose }: ChoicesProps) {
  const texts = useTexts().transfer;
  const targets = useTargets();
  if (targets.length === 0) return <p className={classes.none}>{texts.noOperators}</p>;
  return (
    <Radio.Group aria-label={texts.toOperator} value={chosen} onChange={onChoose}>
      <Stack gap={10}>
        {targets.map((operator) => (
          <Radio
            key={operator.id}
            value={operator.id}
            disabled={isFull(operator)}
            label={<Colleague operator={operator} />}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** Whom the desk told of, with what the list of all operators adds: skills and languages. */
function useTargets(): OperatorPresence[] {
  const { rest } = useSession();
  const me = useOperator().id;
  const live = useDesk((model) => model.desk.operators);
  const [listed, setListed] = useState<readonly OperatorPresence[]>([]);
  useEffect(() => {
    // The live list is enough to transfer by.
    rest.operators().then(setListed, () => undefined);
  }, [rest]);
  return transferTargets(live, listed, me);
}

function Colleague({ operator }: { operator: OperatorPresence }) {
  const texts = useTexts();
  const load = `${operator.load ?? 0}/${operator.capacity ?? "–"}`;
  const about = [...(operator.languages ?? []), ...(operator.skills ?? [])].join(", ");
  return (
    <span>
      {operator.name}{" "}
      <span className={classes.about}>
        {load}
        {isFull(operator) ? ` ${texts.transfer.full}` : ""}
        {operator.presence === "online" ? "" : ` · ${texts.presence[operator.presence]}`}
        {about ? ` · ${about}` : ""}
      </span>
    </span>
  );
}

function SkillChoices({ chosen, onChoose }: ChoicesProps) {
  const texts = useTexts().transfer;
  const { skills } = useInstallation();
  if (!skills?.length) return <p className={classes.none}>{texts.noSkills}</p>;
  return (
    <Radio.Group aria-label={texts.toSkill} value={chosen} onChange={onChoose}>
      <Stack gap={10}>
        {skills.map((skill) => (
          <Radio key={skill} value={skill} label={skill} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
