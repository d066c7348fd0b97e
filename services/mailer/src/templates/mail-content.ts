import type { MailParameters, MailTemplate } from "@myaegee/contracts";

/** What a mail says, before it has a form. */
export interface MailContent {
  heading: string;
  /** Plain text; the layout escapes it. */
  paragraphs: readonly string[];
  /** The one thing to do next. */
  action?: { label: string; url: string };
  /** HTML of the caller's, taken as it is. */
  html?: string;
}

/** Makes links of MyAEGEE from paths. */
export type Link = (path: string, query?: Readonly<Record<string, string>>) => string;

/** A function for each of these templates; a missing or misspelt one does not compile. */
export type Templates<Names extends MailTemplate> = {
  [Name in Names]: (parameters: MailParameters<Name>, link: Link) => MailContent;
};
