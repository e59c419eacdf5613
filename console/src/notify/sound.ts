export type Chime = "queue" | "message";

const NOTES: Record<Chime, readonly (readonly [frequency: number, at: number])[]> = {
  queue: [
    [659, 0],
    [880, 0.14],
  ],
  message: [[784, 0]],
};
const LENGTH_SECONDS = 0.22;
const LOUDNESS = 0.08;

let context: AudioContext | null = null;

/** Play a short soft chime. Silent until the page was touched once: browsers ask for that. */
export function playChime(chime: Chime): void {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  const start = context.currentTime + 0.01;
  for (const [frequency, at] of NOTES[chime]) playNote(context, frequency, start + at);
}

function playNote(audio: AudioContext, frequency: number, at: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = "sine";
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_SECONDS);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + LENGTH_SECONDS);
}
