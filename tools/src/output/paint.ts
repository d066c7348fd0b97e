import { styleText } from "node:util";

export type Colour = "green" | "yellow" | "red" | "dim" | "bold";

export type Paint = (colour: Colour, text: string) => string;

/** Signs and words carry the meaning; colour only repeats it, so leaving it out loses nothing. */
export function createPaint(enabled: boolean): Paint {
  return (colour, text) => (enabled ? styleText(colour, text, { validateStream: false }) : text);
}
