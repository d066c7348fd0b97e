import { escapeHtml } from "@myaegee/contracts";
import { htmlToText } from "html-to-text";

import type { MailContent } from "./mail-content.ts";

const style = {
  page: "margin:0;padding:24px 12px;background:#f2f4f8;font-family:Arial,Helvetica,sans-serif;color:#1c2333",
  card: "max-width:560px;margin:0 auto;background:#ffffff;border-radius:8px;padding:32px",
  brand: "margin:0 0 24px;font-size:14px;font-weight:bold;color:#0c4da2",
  heading: "margin:0 0 16px;font-size:22px;line-height:1.3",
  text: "margin:0 0 16px;font-size:16px;line-height:1.5",
  button:
    "display:inline-block;padding:12px 20px;border-radius:6px;background:#0c4da2;color:#ffffff;font-size:16px;text-decoration:none",
  small: "margin:16px 0 0;font-size:13px;line-height:1.5;color:#5b6478;word-break:break-all",
} as const;

export function formatHtml(content: MailContent, publicUrl: string): string {
  const parts = [
    `<p style="${style.brand}">MyAEGEE</p>`,
    content.heading && `<h1 style="${style.heading}">${escapeHtml(content.heading)}</h1>`,
    ...content.paragraphs.map((text) => `<p style="${style.text}">${escapeHtml(text)}</p>`),
    content.html ?? "",
    formatAction(content),
    `<p style="${style.small}">Sent by MyAEGEE, ${escapeHtml(publicUrl)}</p>`,
  ];
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1"></head>`,
    `<body style="${style.page}"><div style="${style.card}">`,
    ...parts.filter((part) => part !== ""),
    `</div></body></html>`,
  ].join("\n");
}

export function formatText(content: MailContent): string {
  const parts = [
    content.heading,
    ...content.paragraphs,
    content.html === undefined ? "" : htmlToText(content.html, { wordwrap: 100 }),
    content.action === undefined ? "" : `${content.action.label}:\n${content.action.url}`,
    "--\nMyAEGEE",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function formatAction({ action }: MailContent): string {
  if (action === undefined) {
    return "";
  }
  const url = escapeHtml(action.url);
  return [
    `<p style="${style.text}"><a href="${url}" style="${style.button}">${escapeHtml(action.label)}</a></p>`,
    `<p style="${style.small}">If the button does not work, open this address: ${url}</p>`,
  ].join("\n");
}
